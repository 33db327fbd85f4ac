using System.Globalization;

namespace PhysOpt;

/// <summary>An immutable dense real matrix, such as a Jacobian or a Hessian: <c>$J[0,1]</c> is row 0, column 1.</summary>
/// <remarks>Not enumerable, so that it goes down a pipeline as one object. Entries are stored by columns.</remarks>
public sealed class Matrix : LinearAlgebra.IJacobian
{
    readonly double[] entries;

    /// <summary>The matrix of the given entries (copied).</summary>
    public Matrix(double[,] entries) : this(
        (entries ?? throw new ArgumentNullException(nameof(entries))).GetLength(0), entries.GetLength(1), (i, j) => entries[i, j])
    { }

    internal Matrix(int rows, int columns, Func<int, int, double> entry)
    {
        (RowCount, ColumnCount) = (rows, columns);
        entries = new double[rows * columns];
        for (var j = 0; j < columns; j++)
        {
            for (var i = 0; i < rows; i++) entries[j * rows + i] = entry(i, j);
        }
    }

    Matrix(int rows, int columns, double[] entries) => (RowCount, ColumnCount, this.entries) = (rows, columns, entries);

    /// <summary>A matrix around an array of entries by columns that nobody else will write to: no copy.</summary>
    internal static Matrix Wrap(int rows, int columns, double[] byColumns) => new(rows, columns, byColumns);

    /// <summary>The matrix with the given diagonal and zeros elsewhere.</summary>
    public static Matrix Diagonal(params double[] diagonal) =>
        new((diagonal ?? throw new ArgumentNullException(nameof(diagonal))).Length, diagonal.Length, (i, j) => i == j ? diagonal[i] : 0);

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>The entry in row <paramref name="row"/>, column <paramref name="column"/>, both counted from 0.</summary>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
            return entries[column * RowCount + row];
        }
    }

    /// <summary>The entries by columns, without a copy.</summary>
    internal double[] ByColumns => entries;

    /// <summary>Row <paramref name="row"/>.</summary>
    public Vector Row(int row) => Vector.Wrap([.. Enumerable.Range(0, ColumnCount).Select(j => this[row, j])]);

    /// <summary>Column <paramref name="column"/>.</summary>
    internal Vector Column(int column) => Vector.Wrap(entries.AsSpan(column * RowCount, RowCount).ToArray());

    /// <summary>The Euclidean norm of column <paramref name="column"/>.</summary>
    internal double ColumnNorm(int column) => LinearAlgebra.SpanKernel.Norm(entries.AsSpan(column * RowCount, RowCount));

    /// <summary>The matrix of some of the columns; this one where they are all, in order.</summary>
    internal Matrix Columns(IReadOnlyList<int> columns)
    {
        if (columns.Count == ColumnCount && columns.Select((column, k) => column == k).All(isInPlace => isInPlace)) return this;
        var part = new double[RowCount * columns.Count];
        for (var k = 0; k < columns.Count; k++) entries.AsSpan(columns[k] * RowCount, RowCount).CopyTo(part.AsSpan(k * RowCount));
        return new(RowCount, columns.Count, part);
    }

    /// <summary>All rows, from the first.</summary>
    public Vector[] ToRows() => [.. Enumerable.Range(0, RowCount).Select(Row)];

    /// <summary>True when no entry is NaN or infinite.</summary>
    public bool IsFinite => Array.TrueForAll(entries, double.IsFinite);

    /// <summary>The first entry, row by row, that is NaN or infinite; null where there is none.</summary>
    internal (int Row, int Column, double Value)? FirstNotFinite()
    {
        for (var i = 0; i < RowCount; i++)
        {
            for (var j = 0; j < ColumnCount; j++)
            {
                if (!double.IsFinite(this[i, j])) return (i, j, this[i, j]);
            }
        }

        return null;
    }

    Vector LinearAlgebra.IJacobian.MultiplySizes(Vector v) =>
        new Matrix(RowCount, ColumnCount, [.. entries.Select(double.Abs)]).Multiply(new Vector(v.Select(double.Abs)));

    double LinearAlgebra.IJacobian.ColumnNorm(int column) => ColumnNorm(column);

    (int Row, int Column, double Value)? LinearAlgebra.IJacobian.FirstNotFinite() => FirstNotFinite();

    Vector LinearAlgebra.IJacobian.LeastSquares(Vector r) => LinearAlgebra.Factorization.LeastSquares(this, r);

    LinearAlgebra.IDampedStep LinearAlgebra.IJacobian.Steps(int[] variables, Vector residual, Vector scale) =>
        new LinearAlgebra.DampedStep(Columns(variables), residual, new(variables.Select(j => scale[j])));

    /// <summary>A new two-dimensional array of the entries.</summary>
    public double[,] ToArray()
    {
        var array = new double[RowCount, ColumnCount];
        for (var i = 0; i < RowCount; i++)
        {
            for (var j = 0; j < ColumnCount; j++) array[i, j] = this[i, j];
        }

        return array;
    }

    /// <summary>The matrix-vector product A v.</summary>
    public Vector Multiply(Vector v)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (v.Count != ColumnCount)
            throw new ArgumentException($"A {RowCount} x {ColumnCount} matrix cannot multiply a vector of length {v.Count}.");
        var product = new double[RowCount];
        for (var j = 0; j < ColumnCount; j++)
        {
            for (var i = 0; i < RowCount; i++) product[i] += entries[j * RowCount + i] * v[j];
        }

        return Vector.Wrap(product);
    }

    /// <summary>The product with the transpose, A' w.</summary>
    public Vector TransposeMultiply(Vector w)
    {
        ArgumentNullException.ThrowIfNull(w);
        if (w.Count != RowCount)
            throw new ArgumentException(
                $"The transpose of a {RowCount} x {ColumnCount} matrix cannot multiply a vector of length {w.Count}.");
        var product = new double[ColumnCount];
        for (var j = 0; j < ColumnCount; j++)
        {
            for (var i = 0; i < RowCount; i++) product[j] += entries[j * RowCount + i] * w[i];
        }

        return Vector.Wrap(product);
    }

    /// <summary>The product A B.</summary>
    internal Matrix Multiply(Matrix b)
    {
        var product = new double[RowCount * b.ColumnCount];
        for (var j = 0; j < b.ColumnCount; j++)
        {
            for (var k = 0; k < ColumnCount; k++)
            {
                var factor = b.entries[j * b.RowCount + k];
                for (var i = 0; i < RowCount; i++) product[j * RowCount + i] += entries[k * RowCount + i] * factor;
            }
        }

        return new(RowCount, b.ColumnCount, product);
    }

    /// <summary>The transpose.</summary>
    internal Matrix Transpose() => new(ColumnCount, RowCount, (i, j) => entries[i * RowCount + j]);

    /// <summary>A + B.</summary>
    internal Matrix Add(Matrix b) => new(RowCount, ColumnCount, (i, j) => this[i, j] + b[i, j]);

    /// <summary>(A + A')/2, for a square matrix that is symmetric but for rounding.</summary>
    internal Matrix Symmetrised() => new(RowCount, ColumnCount, (i, j) => (this[i, j] + this[j, i]) / 2);

    /// <summary>The rows in brackets, as PowerShell cannot read but people can: "[1 0; 0 6]", culture-invariant.</summary>
    public override string ToString() => $"[{string.Join("; ", ToRows().Select(row => row.ToString()))}]";

    /// <summary>The entries in aligned columns, a line for each row, culture-invariant: for people to read.</summary>
    public string ToTable(string format = "G7")
    {
        var cells = ToRows().Select(row => row.Select(entry => entry.ToString(format, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var width = cells.SelectMany(row => row).Select(cell => cell.Length).DefaultIfEmpty().Max();
        return string.Join(Environment.NewLine, cells.Select(row => string.Join("  ", row.Select(cell => cell.PadLeft(width)))));
    }
}
