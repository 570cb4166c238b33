package bpfmc.model.rules;

import bpfmc.model.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A message that the kernel's log is expected to hold somewhere: plain text, with POSIX extended regular expressions between
 * double braces (tools/testing/selftests/bpf/test_loader.c, compile_regex).
 *
 * @param text as the tag gives it
 * @param pattern to be found in the log
 */
record ExpectedMessage(String text, Pattern pattern) {
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("\\[:(alpha|digit|alnum|upper|lower|space|blank|punct|print|graph|cntrl|xdigit):\\]");

    /** @throws InputException when what stands between the braces is no regular expression */
    static ExpectedMessage of(String text) {
        var regex = new StringBuilder();
        Matcher m = EXPRESSION.matcher(text);
        int end = 0;
        while (m.find()) {
            regex.append(Pattern.quote(text.substring(end, m.start()))).append("(?:").append(javaForm(m.group(1))).append(')');
            end = m.end();
        }
        regex.append(Pattern.quote(text.substring(end)));
        try {
            return new ExpectedMessage(text, Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException e) {
            throw new InputException("expected message '" + text + "': not a regular expression: " + e.getDescription());
        }
    }

    private static String javaForm(String ere) {
        return CLASS.matcher(ere).replaceAll(c -> Matcher.quoteReplacement("\\p{" + (c.group(1).equals("xdigit") ? "XDigit"
                : Character.toUpperCase(c.group(1).charAt(0)) + c.group(1).substring(1)) + "}"));
    }

    /** {@return whether a line of the log holds it} */
    boolean isIn(String log) {
        return pattern.matcher(log).find();
    }

    /** {@return the plain text around the expressions} */
    String plain() {
        return EXPRESSION.matcher(text).replaceAll(" ").strip();
    }
}
