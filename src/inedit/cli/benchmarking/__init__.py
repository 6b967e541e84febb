"""What the guard is worth beside other means, on labelled pairs: `inedit guard bench`."""
