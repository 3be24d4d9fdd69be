package dev.shiplog.cli.releasefile;

/** Where something stands in a file; lines and columns from 1. */
record Place(String file, int line, int column) {

    static Place startOf(String file) {
        return new Place(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
