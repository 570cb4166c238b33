package bpfmc.explorer.litmus;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.util.function.IntPredicate;
import org.eclipse.collections.impl.factory.Lists;

/** The text of a litmus file, read from left to right. Comments are blanks; faults say line and column. */
final class Scanner {
    private final String text;
    private int at;

    /** @throws InputException when a comment has no end */
    Scanner(String text) {
        this.text = withoutComments(text);
    }

    /** Comments may hold comments. Each character of one becomes a blank, so that lines and columns stay. */
    private static String withoutComments(String text) {
        StringBuilder out = new StringBuilder(text);
        int depth = 0;
        int began = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean opens = text.startsWith("(*", i);
            boolean closes = depth > 0 && text.startsWith("*)", i);
            if (opens && depth++ == 0) {
                began = i;
            }
            if (depth > 0 && text.charAt(i) != '\n') {
                out.setCharAt(i, ' ');
            }
            if (opens || closes) {
                out.setCharAt(++i, ' ');
            }
            if (closes) {
                depth--;
            }
        }
        if (depth > 0) {
            throw fault(text, began, "a comment begins here and has no end");
        }
        return out.toString();
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean atEnd() {
        skip();
        return at == text.length();
    }

    /** {@return whether this comes next, after blanks} */
    boolean sees(String what) {
        skip();
        return text.startsWith(what, at);
    }

    /** {@return whether this came next; then it is behind us} */
    boolean takes(String what) {
        if (!sees(what)) {
            return false;
        }
        at += what.length();
        return true;
    }

    void expect(String what, String where) {
        if (!takes(what)) {
            throw fault("'" + what + "' expected " + where + ", not " + next());
        }
    }

    /** {@return whether a word may begin here} */
    boolean seesWord() {
        skip();
        return at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_');
    }

    boolean seesDigit() {
        skip();
        return at < text.length() && isDigit(text.charAt(at));
    }

    boolean seesNumber() {
        skip();
        return seesDigit() || at + 1 < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') && isDigit(text.charAt(at + 1));
    }

    /** {@return the name that stands here, of letters, digits and underscores} */
    String name(String what) {
        return word(what, c -> Character.isLetterOrDigit(c) || c == '_');
    }

    /** {@return the word of a program that stands here: names of programs may hold - / and . besides} */
    String programWord(String what) {
        return word(what, c -> Character.isLetterOrDigit(c) || "_-/.".indexOf(c) >= 0);
    }

    private String word(String what, IntPredicate part) {
        if (!seesWord()) {
            throw fault(what + " expected, not " + next());
        }
        return run(part);
    }

    /** {@return everything up to a character that does not belong to it} */
    String run(IntPredicate part) {
        int from = at;
        while (at < text.length() && part.test(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** {@return the decimal number that stands here, with its sign} */
    long decimal(String what) {
        int from = number(what);
        if (at < text.length() && (text.charAt(at) == 'x' || text.charAt(at) == 'X')) {
            throw fault(from, "numbers of a program are decimal");
        }
        return parsed(from, text.substring(from, at), 10);
    }

    /** {@return the decimal or hexadecimal number that stands here, with its sign} */
    long anyNumber(String what) {
        int from = number(what);
        String digits = text.substring(from, at);
        if ((digits.equals("0") || digits.equals("-0")) && at < text.length() && (text.charAt(at) == 'x' || text.charAt(at) == 'X')) {
            at++;
            String hex = run(c -> Character.digit(c, 16) >= 0);
            return parsed(from, digits.replace("0", "") + hex, 16);
        }
        return parsed(from, digits, 10);
    }

    private int number(String what) {
        if (!seesNumber()) {
            throw fault(what + " expected, not " + next());
        }
        int from = at++;
        run(c -> isDigit((char) c));
        return from;
    }

    private long parsed(int from, String digits, int radix) {
        try {
            return digits.startsWith("-") || digits.startsWith("+") ? Long.parseLong(digits, radix) : Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException e) {
            throw fault(from, "this is no number of 64 bits");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** {@return what comes next, for a message} */
    String next() {
        if (atEnd()) {
            return "the end of the file";
        }
        int from = at;
        String word = seesWord() || seesDigit() ? run(c -> Character.isLetterOrDigit(c) || c == '_') : text.substring(at, text.offsetByCodePoints(at, 1));
        at = from;
        return "'" + (word.length() > 40 ? word.substring(0, 40) + "..." : word) + "'";
    }

    /** A fault at the place that has been reached. */
    InputException fault(String message) {
        skip();
        return fault(text, at, message);
    }

    /** A fault at a place before. */
    InputException fault(int position, String message) {
        return fault(text, position, message);
    }

    /** A word that nothing has. */
    InputException unknown(int position, String what, String word, Iterable<String> known) {
        String shown = word.length() > 40 ? word.substring(0, 40) + "..." : word;
        return fault(position, "there is no " + what + " '" + shown + "'" + Nearest.hint(Lists.immutable.withAll(known), shown));
    }

    private static InputException fault(String text, int position, String message) {
        String before = text.substring(0, position);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new InputException("line " + line + ", column " + (position - before.lastIndexOf('\n')) + ": " + message);
    }
}
