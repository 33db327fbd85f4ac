using CsCheck;

namespace PhysOpt.Tests;

/// <summary>Matrices for the laws of decompositions.</summary>
internal static class Matrices
{
    /// <summary>Random, graded by columns, of lower rank, and of sizes whose squares overflow or vanish.</summary>
    internal static readonly Gen<Matrix> Any =
        from m in Gen.Int[1, 40]
        from n in Gen.Int[1, 40]
        from rank in Gen.Int[1, 80]
        from entries in Gen.Double[-1, 1].Array[int.Min(rank, 40) * (m + n)]
        from exponent in Gen.Int[-1, 1]
        from grade in Gen.Int[0, 1]
        select Of(m, n, int.Min(rank, 40), entries, 150 * exponent, 0.3 * grade);

    static Matrix Of(int m, int n, int rank, double[] entries, int exponent, double grade) => new(m, n, (i, j) =>
    {
        var sum = 0.0;
        for (var k = 0; k < rank; k++) sum += entries[k * (m + n) + i] * entries[k * (m + n) + m + j];
        return sum * double.Pow(10, exponent - grade * j);
    });
}
