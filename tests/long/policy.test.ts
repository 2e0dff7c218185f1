import { describePolicy, EVERY_CELL } from '../support/policyTrials'

describePolicy(EVERY_CELL)
