mod releases;
