using CsCheck;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class SparsityTests
{
    /// <summary>Random patterns of 0 to 40 columns.</summary>
    static readonly Gen<(int Columns, int[][] Rows)> Patterns =
        Gen.Int[1, 40].SelectMany(n =>
            Gen.Int[0, n - 1].Array[0, 6].Array[1, 30].Select(rows => (n, rows.Select(row => row.Distinct().Order().ToArray()).ToArray())));

    static readonly Gen<int[][]> SymmetricPatterns =
        Gen.Int[1, 40].SelectMany(n =>
            Gen.Int[0, n - 1].Array[0, 3].Array[n]
            .Select(rows => Sparsity.Symmetrised([.. rows.Select(row => row.Distinct().Order().ToArray())])));

    [Fact]
    public void Columns_of_one_colour_share_no_row() => Patterns.Sample(p =>
    {
        var colours = Colouring.Columns(p.Rows, p.Columns);
        return p.Rows.All(row => row.Select(j => colours[j]).Distinct().Count() == row.Length);
    });

    [Fact]
    public void A_star_colouring_leaves_no_path_of_four_with_two_colours() => SymmetricPatterns.Sample(rows =>
    {
        var colours = Colouring.Star(rows);
        for (var a = 0; a < rows.Length; a++)
        {
            foreach (var b in rows[a].Where(b => b != a))
            {
                if (colours[a] == colours[b]) return false;
                foreach (var c in rows[b].Where(c => c != b && c != a))
                {
                    foreach (var d in rows[c].Where(d => d != c && d != b && d != a))
                    {
                        if (colours[a] == colours[c] && colours[b] == colours[d]) return false;
                    }
                }
            }
        }

        return true;
    });

    [Fact]
    public void A_band_and_an_arrow_take_as_few_colours_as_they_can()
    {
        int[][] tridiagonal = [.. Enumerable.Range(0, 500)
            .Select(i => Enumerable.Range(i - 1, 3).Where(j => j is >= 0 and < 500).ToArray())];
        Assert.Equal(2, Colouring.Columns(tridiagonal, 500).Max());
        Assert.InRange(Colouring.Star(tridiagonal).Max(), 1, 2);
        int[][] arrow = [[.. Enumerable.Range(0, 500)], .. Enumerable.Range(1, 499).Select(i => (int[])[0, i])];
        Assert.Equal(1, Colouring.Star(arrow).Max());
    }

    [Fact]
    public void A_sparse_jacobian_is_the_dense_one() => Patterns.Sample(p =>
    {
        double[] x = [.. Enumerable.Range(0, p.Columns).Select(i => 0.3 + 0.1 * i)];
        var graph = Record(i => [.. p.Rows.Select(row => (object)row.Aggregate(i[0] * 0 + 1, (sum, j) => sum * Math.Cos(i[j]) + i[j]))], x);
        var sparse = CompressedDerivative.Jacobian(graph);
        var (atOnce, oneByOne) = (sparse.ToMatrix(x), CompressedDerivative.Jacobian(graph, largestGraph: 0).ToMatrix(x));
        var forward = new Tape(Differentiation.JacobianVector(graph, p.Columns));
        var column = new double[p.Rows.Length];
        for (var j = 0; j < p.Columns; j++)
        {
            forward.Evaluate([.. x, .. x.Select((_, k) => k == j ? 1.0 : 0)], column);
            for (var i = 0; i < column.Length; i++)
            {
                if (Off(column[i], atOnce[i, j]) || Off(column[i], oneByOne[i, j])) return false;
            }
        }

        return sparse.ColourCount <= System.Math.Min(p.Columns, p.Rows.Length);
    }, iter: Laws.Samples(100));

    [Fact]
    public void A_sparse_hessian_is_the_dense_one() => SymmetricPatterns.Sample(rows =>
    {
        var n = rows.Length;
        double[] x = [.. Enumerable.Range(0, n).Select(i => 0.3 + 0.1 * i)];
        var graph = Record(v => rows.SelectMany((row, i) => row.Where(j => j <= i).Select(j => Math.Sin(v[i] + (i + 1) * v[j]) * v[j]))
            .Aggregate((a, b) => a + b), x);
        var gradient = Differentiation.VectorJacobian(graph);
        var sparse = CompressedDerivative.Hessian(gradient);
        var (atOnce, oneByOne) = (sparse.ToMatrix([.. x, 2]), CompressedDerivative.Hessian(gradient, largestGraph: 0).ToMatrix([.. x, 2]));
        var product = new Tape(Differentiation.HessianVector(graph));
        var column = new double[n];
        for (var j = 0; j < n; j++)
        {
            product.Evaluate([.. x, 2, .. x.Select((_, k) => k == j ? 1.0 : 0)], column);
            for (var i = 0; i < n; i++)
            {
                if (Off(column[i], atOnce[i, j]) || Off(column[i], oneByOne[i, j])) return false;
            }
        }

        return true;
    }, iter: Laws.Samples(100));

    [Fact]
    public void Directions_that_share_a_colour_do_not_poison_one_another()
    {
        // df/dy is infinite at y = 0, df/dx is not
        var graph = Record(i => new object?[] { i[0] * Math.Sqrt(i[1]), i[0] + 2 * i[1], i[0] }, 3, 0);
        Assert.Equal("[0 Infinity; 1 2; 1 0]", CompressedDerivative.Jacobian(graph).ToMatrix([3, 0]).ToString());
    }

    [Fact]
    public void Flat_operations_make_no_entries()
    {
        var graph = Record(i => new object?[] { Math.Floor(i[0]) * i[1], Math.Sign(i[1]) }, 3, 4);
        Assert.Equal([[1], []], Sparsity.Of(graph, 2));
    }

    static bool Off(double a, double b) => System.Math.Abs(a - b) > 1e-11 * (1 + System.Math.Abs(a));
}
