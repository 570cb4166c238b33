package bpfmc.explorer.report.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** A page that needs nothing else, as it is written: its style and its script are inside. */
final class HtmlPage {
    private final StringBuilder out = new StringBuilder();

    HtmlPage(String title) {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").append(escape(title))
                .append("</title>\n<style>\n").append(resource("page.css")).append("</style>\n</head>\n<body>\n");
    }

    /** Adds markup as it is. */
    HtmlPage markup(String html) {
        out.append(html).append('\n');
        return this;
    }

    /** Adds an element. @param content markup */
    HtmlPage element(String name, String content) {
        return markup("<" + name + ">" + content + "</" + name + ">");
    }

    /**
     * Adds a problem: its headline, what there is to say of it, and the finding that its timeline is drawn from.
     *
     * @param text markup @param finding as the JSON report has it
     */
    HtmlPage problem(String title, String sentence, String text, Object finding) {
        markup("<article class=\"problem\">").element("h3", escape(title)).element("p", escape(sentence)).markup("<div class=\"player\"></div>");
        return markup(text).data("finding", "", finding).markup("</article>");
    }

    /** Adds data for the script; nothing in it ends the script or begins a comment. */
    HtmlPage data(String kind, String id, Object value) {
        return markup("<script type=\"application/json\" class=\"" + kind + "\"" + (id.isEmpty() ? "" : " id=\"" + id + "\"") + ">"
                + JsonMapper.shared().writeValueAsString(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
                + "</script>");
    }

    /** {@return the whole page} @param sources lines of source by file and number */
    String end(Object sources) {
        data("sources", "sources", sources);
        return out.append("<script>\n").append(resource("page.js")).append("</script>\n</body>\n</html>\n").toString();
    }

    static String verdict(String word) {
        return "<span class=\"verdict " + word.toLowerCase(java.util.Locale.ROOT) + "\">" + word + "</span>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
