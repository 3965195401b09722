"""Lists of the back office brought in as spreadsheets: read, shown with what they would do, then done by their acts."""
