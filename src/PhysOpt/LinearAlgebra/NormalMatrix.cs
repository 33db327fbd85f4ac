namespace PhysOpt.LinearAlgebra;

/// <summary>A'A of a sparse A, and Cholesky's factor of A'A + lambda I, with the pattern of the elimination.</summary>
/// <remarks>
/// Row after row, each less the parts of those rows before it that reach it. George, Liu (1981), "Computer solution of large sparse
/// positive definite systems", section 5.4. The condition of A is squared, which a lambda far above the rounding makes up for.
/// </remarks>
internal sealed class NormalMatrix
{
    readonly Elimination order;
    readonly double[] products; // the entries of A'A that are on or right of the diagonal, in the places of those of R
    readonly double[] row; // the row at hand, by position
    readonly int[] first, next, reached; // for each position the rows that reach it next, as a list, and how far each row has come

    /// <param name="jacobian">J.</param>
    /// <param name="order">How its columns are eliminated.</param>
    /// <param name="units">What a column of J is multiplied with for that of A, by position; 0 for one that is left out.</param>
    internal NormalMatrix(SparseMatrix jacobian, Elimination order, double[] units)
    {
        this.order = order;
        var n = units.Length;
        (products, row) = (new double[order.Entries.Length], new double[n]);
        (first, next, reached) = (new int[n], new int[n], new int[n]);
        var places = order.ProductPlaces(jacobian.Pattern);
        var place = 0;
        for (var i = 0; i < jacobian.RowCount; i++)
        {
            var columns = jacobian.Pattern.Row(i);
            var values = jacobian.Row(i);
            for (var a = 0; a < values.Length; a++)
            {
                var left = values[a] * units[order.Position(columns[a])];
                for (var b = 0; b <= a; b++) products[places[place++]] += left * (values[b] * units[order.Position(columns[b])]);
            }
        }

        for (var k = 0; k < n; k++) Largest = double.Max(Largest, products[order.Starts[k]]);
    }

    /// <summary>The largest entry of the diagonal of A'A.</summary>
    internal double Largest { get; }

    /// <summary>R with R'R = A'A + lambda I; false where that is not positive definite to working precision.</summary>
    /// <param name="lambda">lambda.</param>
    /// <param name="r">Receives the entries of R.</param>
    internal bool TryFactorise(double lambda, double[] r)
    {
        Array.Fill(first, -1);
        for (var k = 0; k < row.Length; k++)
        {
            var (start, end) = (order.Starts[k], order.Starts[k + 1]);
            for (var e = start; e < end; e++) row[order.Entries[e]] = products[e];
            row[k] += lambda;
            for (var i = first[k]; i >= 0;)
            {
                var (after, factor) = (next[i], r[reached[i]]);
                for (var e = reached[i]; e < order.Starts[i + 1]; e++) row[order.Entries[e]] -= factor * r[e];
                Await(i, reached[i] + 1);
                i = after;
            }

            if (!(row[k] > 0)) return false;
            var pivot = double.Sqrt(row[k]);
            r[start] = pivot;
            for (var e = start + 1; e < end; e++) r[e] = row[order.Entries[e]] / pivot;
            Await(k, start + 1);
        }

        return true;

        // row i is wanted next where its entry e stands
        void Await(int i, int e)
        {
            reached[i] = e;
            if (e == order.Starts[i + 1]) return;
            (next[i], first[order.Entries[e]]) = (first[order.Entries[e]], i);
        }
    }
}
