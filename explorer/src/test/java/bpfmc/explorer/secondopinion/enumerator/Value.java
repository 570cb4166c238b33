package bpfmc.explorer.secondopinion.enumerator;

/**
 * A number or an address.
 *
 * @param area what {@code bits} counts from @param id which stack, element, map or function
 * @param binding of an element: which of its bindings it was looked up in
 * @param bits the number, or the offset @param loads which of its run's loads it was computed from, a bit each
 */
record Value(Area area, int id, int binding, long bits, long loads) {
    enum Area { NUMBER, STACK, CONTEXT, PACKET, ELEMENT, MAP, CODE }

    static final Value ZERO = number(0, 0);

    static Value number(long bits, long loads) {
        return new Value(Area.NUMBER, 0, 0, bits, loads);
    }

    static Value to(Area area, int id, long offset) {
        return new Value(area, id, 0, offset, 0);
    }

    static Value toElement(int id, int binding) {
        return new Value(Area.ELEMENT, id, binding, 0, 0);
    }

    boolean isNumber() {
        return area == Area.NUMBER;
    }

    Value plus(long more, long otherLoads) {
        return new Value(area, id, binding, bits + more, loads | otherLoads);
    }

    Value from(long otherLoads) {
        return new Value(area, id, binding, bits, loads | otherLoads);
    }
}
