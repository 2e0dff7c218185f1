import { okaforHarperInFebruary, okaforHarperInMay } from '../../support/story/okaforHarper'
import { tellWhole } from '../../support/story/tellWhole'

tellWhole(
  '[FM3] Jules’s team comes from knowing each other to going on without it, and sees that it is 24 days late',
  okaforHarperInFebruary,
  okaforHarperInMay,
)
