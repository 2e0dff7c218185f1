import { lunaMoralesInMarch, lunaMoralesInMay } from '../../support/story/lunaMorales'
import { tellWhole } from '../../support/story/tellWhole'

tellWhole(
  '[FM2] Vega interprets each line, Tomás does not agree and is heard, and Elena takes a permission back',
  lunaMoralesInMarch,
  lunaMoralesInMay,
)
