"""Building blocks shared by the pages: the bar, filters, controls, tables, sentences about nothing."""
