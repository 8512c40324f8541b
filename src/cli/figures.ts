// Numbers as people read them. One form everywhere: thousands by comma, signed shares, short times.

export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** `-63.0 %` where `after` is smaller; growth is shown as growth. Nothing to compare gives an empty text. */
export const change = (before: number, after: number): string => {
  if (before <= 0) return ''
  const percent = ((after - before) / before) * 100
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`
}

/** `24.0 %` of `all`; nothing of nothing gives an empty text. */
export const percent = (part: number, all: number): string => (all <= 0 ? '' : `${((part / all) * 100).toFixed(1)} %`)

/** `$0.35`, `-$0.0021`: two significant figures below a cent. */
export const dollars = (microUsd: number): string => {
  const usd = Math.abs(microUsd) / 1e6
  const text = usd >= 0.01 || usd === 0 ? usd.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',') : usd.toPrecision(2)
  return `${microUsd < 0 ? '-' : ''}$${text}`
}

export const bytes = (value: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let at = 0
  let size = value
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000
    at++
  }
  return `${at === 0 ? size : size.toFixed(1)} ${units[at]}`
}

/** `5s`, `12m`, `3h`, `2d`: how long ago. */
export const age = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)}h`
  return `${Math.floor(seconds / 86_400)}d`
}
