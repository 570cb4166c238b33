package bpfmc.explorer.report.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schemas of what bpfmc writes. */
public final class Schemas {
    private Schemas() {}

    /** {@return the schema of the {@code json} format} */
    public static String report() {
        try (InputStream in = Schemas.class.getResourceAsStream("report.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
