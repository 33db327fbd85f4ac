using System.Diagnostics;
using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.Solving;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Bench;

/// <summary>
/// Broyden's systems of thousands of equations as least squares, (30) and (31) of More, Garbow and Hillstrom (1981): the first search,
/// which differentiates and compiles the record, and later ones, beside SciPy's least_squares with a Jacobian by hand.
/// </summary>
internal static class SparseFits
{
    const int Repeats = 7;

    internal static int Compare()
    {
        Console.WriteLine("ms, medians of later searches; evaluations and losses; SciPy: trf with lsmr, sparse Jacobian by hand");
        Console.WriteLine($"{"system",-12} {"n",7} {"first",8} {"later",8} {"evals",6} {"loss",9} {"SciPy",9} {"evals",6} {"loss",9}");
        foreach (var n in (int[])[1000, 3000, 10_000])
        {
            Compare("tridiagonal", n, x => x.Select((xi, i) => (object)((3 - 2 * xi) * xi - At(x, i - 1) - 2 * At(x, i + 1) + 1)));
            Compare("banded", n, x => x.Select((xi, i) => (object)(xi * (2 + 5 * xi * xi) + 1 - Enumerable.Range(i - 5, 7)
                .Where(j => j != i && j >= 0 && j < x.Length).Select(j => x[j] * (1 + x[j])).Aggregate((a, b) => a + b))));
        }

        return 0;
    }

    static TracedNumber At(TracedNumber[] x, int i) => i >= 0 && i < x.Length ? x[i] : (TracedNumber)0.0;

    static void Compare(string name, int n, Func<TracedNumber[], IEnumerable<object>> residuals)
    {
        double[] start = [.. Enumerable.Repeat(-1.0, n)];
        var recorder = new Recorder(start);
        var problem = new OptimizationProblem(
            name, new TracedFunction(recorder.Finish([.. residuals(recorder.Inputs)])), new SquaredDistance(), new Vector(start));
        var times = new List<double>();
        var (evaluations, loss) = (0L, 0.0);
        for (var k = 0; k <= Repeats; k++)
        {
            var clock = Stopwatch.GetTimestamp();
            var result = new MinimumSearch().Find(problem);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            (evaluations, loss) = (result.Evaluations, result.Loss);
        }

        var theirs = PythonScript.Numbers("sparse_fits.py", name, n, 3) ?? [double.NaN, double.NaN, double.NaN];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12} {n,7} {times[0],8:F1} {times.Skip(1).Order().ElementAt(Repeats / 2),8:F1} {evaluations,6} {loss,9:G2} "
            + $"{theirs[0],9:F1} {theirs[1],6:F0} {theirs[2],9:G2}"));
    }
}
