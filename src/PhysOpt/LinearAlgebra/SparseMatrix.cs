namespace PhysOpt.LinearAlgebra;

/// <summary>A matrix, m by n, of which only the entries that can differ from zero are stored, row by row.</summary>
/// <param name="pattern">Where they are.</param>
/// <param name="values">Their values, which nobody else will write to.</param>
internal sealed class SparseMatrix(SparsePattern pattern, double[] values) : IJacobian
{
    double[]? columnNorms;

    /// <inheritdoc/>
    public int RowCount => pattern.RowCount;

    /// <inheritdoc/>
    public int ColumnCount => pattern.ColumnCount;

    /// <inheritdoc/>
    public bool IsFinite => Array.TrueForAll(values, double.IsFinite);

    /// <summary>Where the entries are.</summary>
    internal SparsePattern Pattern => pattern;

    /// <summary>The values of the entries of a row.</summary>
    internal ReadOnlySpan<double> Row(int row) => values.AsSpan(pattern.RowStarts[row]..pattern.RowStarts[row + 1]);

    /// <inheritdoc/>
    public (int Row, int Column, double Value)? FirstNotFinite()
    {
        var place = Array.FindIndex(values, value => !double.IsFinite(value));
        if (place < 0) return null;
        var row = 0;
        while (pattern.RowStarts[row + 1] <= place) row++;
        return (row, pattern.Columns[place], values[place]);
    }

    /// <summary>The columns with an entry that is NaN.</summary>
    internal int[] ColumnsWithNaN() => [.. pattern.Columns.Where((_, e) => double.IsNaN(values[e])).Distinct()];

    /// <summary>The matrix with other values in some columns.</summary>
    /// <param name="column">A column, m components.</param>
    /// <param name="columns">The columns.</param>
    internal SparseMatrix With(Func<int, Vector> column, IEnumerable<int> columns)
    {
        var others = columns.ToDictionary(j => j, column);
        var changed = (double[])values.Clone();
        for (var i = 0; i < RowCount; i++)
        {
            for (var e = pattern.RowStarts[i]; e < pattern.RowStarts[i + 1]; e++)
            {
                if (others.TryGetValue(pattern.Columns[e], out var other)) changed[e] = other[i];
            }
        }

        return new(pattern, changed);
    }

    /// <inheritdoc/>
    public Vector Multiply(Vector v)
    {
        var product = new double[RowCount];
        var from = v.AsSpan();
        for (var i = 0; i < product.Length; i++)
        {
            var columns = pattern.Row(i);
            var row = Row(i);
            var sum = 0.0;
            for (var e = 0; e < row.Length; e++) sum += row[e] * from[columns[e]];
            product[i] = sum;
        }

        return Vector.Wrap(product);
    }

    /// <inheritdoc/>
    public Vector MultiplySizes(Vector v) =>
        new SparseMatrix(pattern, [.. values.Select(double.Abs)]).Multiply(new(v.Select(double.Abs)));

    /// <inheritdoc/>
    public Vector TransposeMultiply(Vector w)
    {
        var product = new double[ColumnCount];
        var weights = w.AsSpan();
        for (var i = 0; i < RowCount; i++)
        {
            var columns = pattern.Row(i);
            var row = Row(i);
            for (var e = 0; e < row.Length; e++) product[columns[e]] += row[e] * weights[i];
        }

        return Vector.Wrap(product);
    }

    /// <inheritdoc/>
    public double ColumnNorm(int column) => (columnNorms ??= ColumnNorms())[column];

    /// <inheritdoc/>
    public Vector LeastSquares(Vector r)
    {
        var lengths = new double[ColumnCount];
        for (var j = 0; j < lengths.Length; j++) lengths[j] = ColumnNorm(j) is var norm and > 0 ? norm : 1;
        int[] all = [.. Enumerable.Range(0, ColumnCount)];
        return -Steps(all, r, Vector.Wrap(lengths)).Within(double.PositiveInfinity).Step;
    }

    /// <inheritdoc/>
    public IDampedStep Steps(int[] variables, Vector residual, Vector scale) => pattern.Elimination is { } elimination
        ? new DampedStep(new SparseSystem(this, elimination, variables, residual, scale), new(variables.Select(j => scale[j])))
        : new KrylovStep(this, variables, residual, scale);

    /// <summary>Columns whose squares overflow or vanish are measured in units of their largest entry.</summary>
    double[] ColumnNorms()
    {
        var (largest, sums) = (new double[ColumnCount], new double[ColumnCount]);
        for (var e = 0; e < values.Length; e++)
        {
            ref var most = ref largest[pattern.Columns[e]];
            most = double.Max(most, double.Abs(values[e]));
        }

        for (var e = 0; e < values.Length; e++)
        {
            var unit = largest[pattern.Columns[e]];
            if (unit == 0) continue;
            var part = values[e] / unit;
            sums[pattern.Columns[e]] += part * part;
        }

        for (var j = 0; j < sums.Length; j++) sums[j] = largest[j] * double.Sqrt(sums[j]);
        return sums;
    }
}
