// The dialects in which calls of our tool can be answered inside an answer.
import type { Dialect } from '../../../spec/wire.js'
import type { RedeemDialect } from '../types.js'
import { anthropicRedeem } from './anthropic.js'
import { geminiRedeem } from './gemini.js'
import { chatRedeem } from './openai-chat.js'
import { responsesRedeem } from './openai-responses.js'

const dialects: readonly RedeemDialect[] = [anthropicRedeem, chatRedeem, responsesRedeem, geminiRedeem]

export const redeemDialect = (dialect: Dialect): RedeemDialect | undefined =>
  dialects.find((one) => one.dialect === dialect)
