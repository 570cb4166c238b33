/**
 * Bytes from a file that nobody has vouched for.
 *
 * <pre>
 *   Bytes       = a named range, every read checked against its end
 *   StringTable = Bytes read as NUL-terminated names
 * </pre>
 *
 * Whatever lies outside the range, a lie in a length field or a string without an end, is one
 * {@link bpfmc.model.InputException} that names the range and the offset. Nothing here copies or allocates by a number
 * read from the file.
 */
package bpfmc.model.bytes;
