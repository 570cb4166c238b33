package bpfmc.explorer.report.format;

import java.net.URI;
import java.net.URISyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the formats that are JSON have in common. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@return the value as indented text that ends with a newline} */
    static String text(JsonNode value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    /** {@return a file name as a URI reference: absolute names with the scheme, others as they are, escaped} */
    static String uri(String file) {
        try {
            return file.startsWith("/") ? new URI("file", "", file, null).toString() : new URI(null, null, file, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URI can name the file " + file, e);
        }
    }
}
