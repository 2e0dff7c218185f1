import { alderInApril, alderInMarch } from '../../support/story/alder'
import { tellWhole } from '../../support/story/tellWhole'

tellWhole(
  '[FM1] Dana would have to be in two places at once three times a week; in April nowhere any more',
  alderInMarch,
  alderInApril,
)
