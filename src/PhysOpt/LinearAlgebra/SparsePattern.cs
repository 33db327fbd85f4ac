namespace PhysOpt.LinearAlgebra;

/// <summary>Which entries of a matrix, m by n, can differ from zero: the columns of each row, ascending.</summary>
internal sealed class SparsePattern
{
    readonly Lazy<Elimination?> elimination;

    /// <param name="rows">The columns of each row, ascending.</param>
    /// <param name="columnCount">n.</param>
    internal SparsePattern(int[][] rows, int columnCount)
    {
        (RowCount, ColumnCount) = (rows.Length, columnCount);
        RowStarts = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++) RowStarts[i + 1] = RowStarts[i] + rows[i].Length;
        Columns = [.. rows.SelectMany(row => row)];
        elimination = new(() => LinearAlgebra.Elimination.Of(this));
    }

    /// <summary>m.</summary>
    internal int RowCount { get; }

    /// <summary>n.</summary>
    internal int ColumnCount { get; }

    /// <summary>Where the entries of each row begin, and, last, how many there are.</summary>
    internal int[] RowStarts { get; }

    /// <summary>The column of each entry, row by row.</summary>
    internal int[] Columns { get; }

    /// <summary>The number of entries.</summary>
    internal int Count => Columns.Length;

    /// <summary>How its columns are eliminated; null where too much would fill in. Found when first asked for.</summary>
    internal Elimination? Elimination => elimination.Value;

    /// <summary>The columns of a row.</summary>
    internal ReadOnlySpan<int> Row(int row) => Columns.AsSpan(RowStarts[row]..RowStarts[row + 1]);

    /// <summary>The columns of each row.</summary>
    internal int[][] ToRows() => [.. Enumerable.Range(0, RowCount).Select(i => Row(i).ToArray())];

    /// <summary>Where an entry is among <see cref="Columns"/>.</summary>
    internal int Place(int row, int column) =>
        Array.BinarySearch(Columns, RowStarts[row], RowStarts[row + 1] - RowStarts[row], column);
}
