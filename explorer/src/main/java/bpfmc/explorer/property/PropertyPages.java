package bpfmc.explorer.property;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pages that explain properties, as they are written: one resource file each, {@code NAME.txt}. */
public final class PropertyPages {
    private PropertyPages() {}

    /** {@return a page, lines ended} @throws IllegalStateException when there is none of that name */
    public static String text(String name) {
        try (InputStream in = PropertyPages.class.getResourceAsStream(name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("there is no page of the property " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
