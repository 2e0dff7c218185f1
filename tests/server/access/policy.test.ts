import { describePolicy, ONE_GATED_EACH } from '../../support/policyTrials'

// Every cell is tried in the long tests.
describePolicy(ONE_GATED_EACH)
