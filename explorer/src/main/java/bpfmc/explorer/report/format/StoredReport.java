package bpfmc.explorer.report.format;

import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON report as an earlier run wrote it. */
public final class StoredReport {
    private static final String REMEDY = "write one with 'bpfmc check --format json=FILE OBJECT'";

    private StoredReport() {}

    /** {@return the report} @throws InputException when it is none, or of another version */
    public static JsonNode read(Path file) {
        JsonNode root = parse(file);
        JsonNode version = root.path("version");
        if (!version.isInt() || !root.path("scenarios").isArray()) {
            throw new InputException(file + ": this is no report of bpfmc; " + REMEDY);
        }
        if (version.asInt() != JsonReport.VERSION) {
            throw new InputException(file + ": a report of version " + version.asInt() + "; this bpfmc reads version " + JsonReport.VERSION);
        }
        return root;
    }

    private static JsonNode parse(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file");
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text (" + e.getMessage() + ")");
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new InputException(file + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr()) + ": not JSON; " + REMEDY);
        }
    }
}
