package bpfmc.model.value;

/** The total order of terms: by kind, then by their parts. */
final class TermOrder {
    private TermOrder() {}

    static int compare(Term a, Term b) {
        if (a == b) {
            return 0;
        }
        int byKind = Integer.compare(rank(a), rank(b));
        return byKind != 0 ? byKind : switch (a) {
            case Constant x -> Long.compare(x.value(), ((Constant) b).value());
            case Symbol x -> compareSymbols(x, (Symbol) b);
            case Extract x -> compareExtracts(x, (Extract) b);
            case Apply x -> compareApplications(x, (Apply) b);
            case Sum x -> compareSums(x, (Sum) b);
        };
    }

    private static int rank(Term term) {
        return switch (term) {
            case Constant c -> 0;
            case Symbol s -> 1;
            case Extract e -> 2;
            case Apply a -> 3;
            case Sum s -> 4;
        };
    }

    private static int compareSymbols(Symbol a, Symbol b) {
        int c = Integer.compare(a.owner(), b.owner());
        c = c != 0 ? c : a.kind().compareTo(b.kind());
        c = c != 0 ? c : Integer.compare(a.index(), b.index());
        c = c != 0 ? c : Integer.compare(a.detail(), b.detail());
        return c != 0 ? c : Integer.compare(a.bytes(), b.bytes());
    }

    private static int compareExtracts(Extract a, Extract b) {
        int c = compare(a.term(), b.term());
        c = c != 0 ? c : Integer.compare(a.offset(), b.offset());
        return c != 0 ? c : Integer.compare(a.bytes(), b.bytes());
    }

    private static int compareApplications(Apply a, Apply b) {
        int c = a.operator().compareTo(b.operator());
        c = c != 0 ? c : compare(a.left(), b.left());
        return c != 0 ? c : compare(a.right(), b.right());
    }

    private static int compareSums(Sum a, Sum b) {
        int c = Integer.compare(a.products().size(), b.products().size());
        for (int i = 0; c == 0 && i < a.products().size(); i++) {
            c = compare(a.products().get(i).term(), b.products().get(i).term());
            c = c != 0 ? c : Long.compare(a.products().get(i).coefficient(), b.products().get(i).coefficient());
        }
        return c != 0 ? c : Long.compare(a.constant(), b.constant());
    }
}
