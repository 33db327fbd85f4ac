using System.Diagnostics;
using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Bench;

/// <summary>
/// What decompositions of dense matrices cost, beside NumPy's and SciPy's in a process of its own, and one iteration of the methods for
/// least squares on a problem whose function and Jacobian cost next to nothing.
/// </summary>
internal static class DecompositionSpeed
{
    static readonly (int Rows, int Columns)[] sizes = [(20, 5), (200, 49), (50, 50), (100, 100), (200, 200), (400, 400), (1000, 1000)];

    internal static int Compare()
    {
        Console.WriteLine("ms, medians; QR with column pivoting and a solution, one damped step, singular values and vectors, spectrum");
        Console.WriteLine($"{"size",-12} {"QR",9} {"SciPy",9} {"damped",9} {"SVD",9} {"NumPy",9} {"spectrum",9} {"NumPy",9}"
            + $"{"LM",10} {"Gauss-N.",9} {"half-inv.",9}");
        foreach (var (m, n) in sizes) Compare(m, n);
        return 0;
    }

    static void Compare(int m, int n)
    {
        var repeats = int.Clamp(100_000_000 / (m * n * n), 3, 51);
        var a = new Matrix(m, n, (i, j) => Part(43758.5453 * System.Math.Sin(12.9898 * i + 78.233 * j))); // as good as random
        var b = new Vector(Enumerable.Range(0, m).Select(i => System.Math.Cos(i)));
        var unit = new Vector(Enumerable.Repeat(1.0, n));
        var theirs = PythonScript.Numbers("decompositions.py", m, n, repeats) ?? [double.NaN, double.NaN, double.NaN, double.NaN];
        var qr = Median(repeats, () => PivotedQr.Of(a).Solve(b.ToArray()));
        var damped = Median(repeats, () => new DampedStep(a, b, unit).Within(1e-3 * b.Norm));
        var svd = Median(int.Min(repeats, 11), () => SingularValues.Of(a));
        var symmetric = m == n ? new Matrix(n, n, (i, j) => a[i, j] + a[j, i]) : null;
        var spectrum = symmetric is null ? 0 : Median(int.Min(repeats, 5), () => Factorization.SymmetricSpectrum(symmetric));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{$"{m} x {n}",-12} {qr,9:F3} {theirs[0],9:F3} {damped,9:F3} {svd,9:F3} {theirs[2],9:F3} {spectrum,9:F3} {theirs[3],9:F3}"
            + $"{Iteration(a, b, new LevenbergMarquardt()),10:F3} {Iteration(a, b, new GaussNewton(0.1)),9:F3} "
            + $"{Iteration(a, b, new HalfInverseGradient(0.1)),9:F3}"));
    }

    /// <summary>The median time between two records, of some iterations towards the minimum of |A sin(x) - b|^2.</summary>
    static double Iteration<TState>(Matrix a, Vector b, IMethod<ILeastSquares, TState> method)
        where TState : class, IMethodState
    {
        var map = DelegateMap.Create(
            x => a.Multiply(new Vector(x.Select(System.Math.Sin))),
            x =>
            {
                var jacobian = new double[a.ByColumns.Length];
                for (var j = 0; j < x.Count; j++)
                {
                    var column = jacobian.AsSpan(j * a.RowCount, a.RowCount);
                    SpanKernel.Scale(System.Math.Cos(x[j]), a.ByColumns.AsSpan(j * a.RowCount, a.RowCount), column);
                }

                return Matrix.Wrap(a.RowCount, a.ColumnCount, jacobian);
            });
        var problem = new OptimizationProblem("Dense", map, new SquaredDistance(b), new(Enumerable.Repeat(0.3, a.ColumnCount)));
        var options = new OptimizationOptions { MaxIterations = 8, GradientTolerance = null, StepTolerance = null };
        List<double> times = [];
        for (var run = 0; run < (a.ColumnCount > 400 ? 1 : 3); run++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var record in Optimizer.Run(problem, method, options))
            {
                if (record.Iteration > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                start = Stopwatch.GetTimestamp();
            }
        }

        return Median(times);
    }

    static double Part(double value) => value - System.Math.Floor(value) - 0.5;

    static double Median(int repeats, Action action)
    {
        List<double> times = [];
        for (var k = 0; k < repeats + 2; k++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            if (k >= 2) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Median(times);
    }

    static double Median(List<double> times) => times.Order().ElementAtOrDefault(times.Count / 2);
}
