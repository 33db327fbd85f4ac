namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The order in which the columns of a sparse matrix A, m by n, are eliminated so that little fills in, and the pattern of R in A P = Q R.
/// </summary>
/// <remarks>George, Heath (1980), "Solution of sparse linear least squares problems using Givens rotations".</remarks>
internal sealed class Elimination
{
    readonly int[] positions;
    int[]? productPlaces;

    Elimination(SparsePattern pattern, int[] columns, List<int[]> rows)
    {
        var n = columns.Length;
        (Columns, positions, Starts) = (columns, new int[n], new int[n + 1]);
        for (var k = 0; k < n; k++) positions[columns[k]] = k;
        for (var k = 0; k < n; k++) Starts[k + 1] = Starts[k] + rows[k].Length;
        Entries = [.. rows.SelectMany(row => row.Select(column => positions[column]).Order())];
        FirstPositions = new int[pattern.RowCount];
        for (var i = 0; i < FirstPositions.Length; i++)
        {
            FirstPositions[i] = n;
            foreach (var column in pattern.Row(i)) FirstPositions[i] = int.Min(FirstPositions[i], positions[column]);
        }

        RowOrder = [.. Enumerable.Range(0, pattern.RowCount).OrderBy(i => FirstPositions[i]).ThenBy(i => pattern.Row(i).Length)];
    }

    /// <summary>The column at each position.</summary>
    internal int[] Columns { get; }

    /// <summary>Where the entries of each row of R begin, and, last, how many there are.</summary>
    internal int[] Starts { get; }

    /// <summary>The positions of the entries of R, row by row, ascending from the diagonal on.</summary>
    internal int[] Entries { get; }

    /// <summary>The rows of A in the order in which they are rotated into R: by their first positions.</summary>
    internal int[] RowOrder { get; }

    /// <summary>The least position among the columns of each row of A; n for an empty one.</summary>
    internal int[] FirstPositions { get; }

    /// <summary>The position of a column.</summary>
    internal int Position(int column) => positions[column];

    /// <summary>
    /// Where among the entries of R the product of each pair of entries of a row of A belongs, row by row, each with those up to itself.
    /// </summary>
    internal int[] ProductPlaces(SparsePattern pattern) => productPlaces ??= [.. Pairs(pattern)];

    IEnumerable<int> Pairs(SparsePattern pattern)
    {
        for (var i = 0; i < pattern.RowCount; i++)
        {
            for (var a = pattern.RowStarts[i]; a < pattern.RowStarts[i + 1]; a++)
            {
                for (var b = pattern.RowStarts[i]; b <= a; b++)
                {
                    var (p, q) = (positions[pattern.Columns[a]], positions[pattern.Columns[b]]);
                    var k = int.Min(p, q);
                    yield return Array.BinarySearch(Entries, Starts[k], Starts[k + 1] - Starts[k], int.Max(p, q));
                }
            }
        }
    }

    /// <summary>Where what is left of a row that was rotated with row k of R can begin; -1 where nothing is left.</summary>
    internal int Parent(int k) => Starts[k] + 1 < Starts[k + 1] ? Entries[Starts[k] + 1] : -1;

    /// <summary>The order and the pattern; null where R would be too large.</summary>
    internal static Elimination? Of(SparsePattern pattern) =>
        new MinimumDegree(pattern).Order() is var (columns, rows) ? new(pattern, columns, rows) : null;
}
