using System.Diagnostics;
using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Bench;

/// <summary>
/// What an iteration of L-BFGS-B costs on a separable function of a million variables, without the function's own time: beside SciPy's,
/// which bench/scipy/lbfgs_cost.py runs on the same function, and beside streaming the bytes that an iteration cannot do without.
/// </summary>
internal static class LbfgsCost
{
    const int Dimension = 1_000_000;
    const int Memory = Lbfgs.DefaultMemory;
    const int Iterations = 60;
    const int Warm = 20; // the memory is full, what is hot is compiled, and variables have met their bounds

    // Vectors of n numbers. Each pair is read twice, for its products with the new gradient have to be known before the direction can be
    // put together. That reads g and
    // writes d; the trial reads x and d, writes x+; s and y are made of x+, x, g+, g and written.
    const int Reads = 4 * Memory + 1 + 2 + 4, Writes = 4;

    // Bounds are read for the variables that move, for the Cauchy point and for the minimiser of the model; x and g once more for the
    // former, x for the latter, which is
    // written, and read in place of x and d by the trial.
    const int BoundedReads = Reads + 6 + 2 + 1 - 1, BoundedWrites = Writes + 1;

    static readonly Vector Centre = new(Enumerable.Range(0, Dimension).Select(i => System.Math.Sin(i)));
    static readonly Vector Weight = new(Enumerable.Range(0, Dimension)
        .Select(i => System.Math.Pow(1000, i * 7919L % Dimension / (double)Dimension)));

    internal static int Compare()
    {
        Console.WriteLine($"L-BFGS-B on sum w (z^2 / 2 + z^4 / 4), z = x - c: n = {Dimension}, memory {Memory}; medians of iterations " +
            $"{Warm} to {Iterations}, without the function");
        Console.WriteLine($"{"bounds",-16} {"at bounds",9} {"PhysOpt",10} {"SciPy",10} {"its setulb",11} {"streaming",10} " +
            $"{"setulb / PhysOpt",16} {"PhysOpt / streaming",20}");
        Compare("none", null, null);
        Compare("-0.5 <= x", -0.5, null);
        Compare("-0.5 <= x <= 0.5", -0.5, 0.5);
        return 0;
    }

    static void Compare(string name, double? lower, double? upper)
    {
        var (ours, streaming, atBounds) = PerIteration(lower, upper);
        var theirs = PythonScript.Numbers(
            "lbfgs_cost.py", Dimension, Memory, Iterations, Warm, lower ?? (object)"none", upper ?? (object)"none");
        var (all, routine) = theirs is null ? (double.NaN, double.NaN) : (theirs[0], theirs[1]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-16} {atBounds,9:P0} {ours,7:F1} ms {all,7:F1} ms {routine,8:F1} ms {streaming,7:F1} ms "
            + $"{routine / ours,16:F2} {ours / streaming,20:F2}"));
    }

    /// <summary>
    /// Medians in ms of what lies between two records besides the function, and of streaming in turn with it; and the share of variables at
    /// bounds at the end.
    /// </summary>
    static (double Iteration, double Streaming, double AtBounds) PerIteration(double? lower, double? upper)
    {
        var inFunction = 0L;
        var problem = new OptimizationProblem(
            "Separable", null, new Loss(Timed(Value), Timed(Gradient)), All(0.3),
            lowerBound: lower is { } low ? All(low) : null, upperBound: upper is { } high ? All(high) : null);
        var options = new OptimizationOptions { MaxIterations = Iterations, GradientTolerance = null, StepTolerance = null };
        List<double> iterations = [], streams = [];
        var stream = problem.LowerBound is null ? new Stream(Reads, Writes) : new Stream(BoundedReads, BoundedWrites);
        IterationRecord? last = null;
        var start = Stopwatch.GetTimestamp();
        foreach (var record in Optimizer.Run(problem, new Lbfgs(Memory), options))
        {
            iterations.Add(Stopwatch.GetElapsedTime(start + inFunction).TotalMilliseconds);
            streams.Add(stream.Milliseconds());
            last = record;
            inFunction = 0;
            start = Stopwatch.GetTimestamp();
        }

        var atBounds = last!.X.Count(x => x == lower || x == upper) / (double)Dimension;
        return (Median(iterations.Skip(Warm)), Median(streams.Skip(Warm)), atBounds);

        Func<Vector, T> Timed<T>(Func<Vector, T> function) => x =>
        {
            var before = Stopwatch.GetTimestamp();
            var result = function(x);
            inFunction += Stopwatch.GetTimestamp() - before;
            return result;
        };
    }

    /// <summary>A loss whose gradient is handed on as it is.</summary>
    internal sealed class Loss(Func<Vector, double> value, Func<Vector, Vector> gradient) : IDifferentiableMap
    {
        public Vector Evaluate(Vector x) => new(value(x));

        public Matrix Jacobian(Vector x, Vector y) => throw new NotSupportedException("L-BFGS asks for products.");

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => gradient(x);
    }

    static double Value(Vector x)
    {
        var sum = 0.0;
        var at = x.AsSpan();
        var centre = Centre.AsSpan();
        var weight = Weight.AsSpan();
        for (var i = 0; i < at.Length; i++)
        {
            var z = at[i] - centre[i];
            sum += weight[i] * (0.5 + 0.25 * z * z) * z * z;
        }

        return sum;
    }

    static Vector Gradient(Vector x)
    {
        var to = new double[Dimension];
        var at = x.AsSpan();
        var centre = Centre.AsSpan();
        var weight = Weight.AsSpan();
        for (var i = 0; i < to.Length; i++)
        {
            var z = at[i] - centre[i];
            to[i] = weight[i] * (z + z * z * z);
        }

        return Vector.Wrap(to);
    }

    static Vector All(double value) => new(Enumerable.Repeat(value, Dimension));

    /// <summary>
    /// Plain loops of vector instructions over as many vectors, none of which is still in a cache: triads, and sums of squares.
    /// </summary>
    sealed class Stream(int reads, int writes)
    {
        readonly double[][] read = [.. Enumerable.Range(0, reads - 2 * writes).Select(_ => All(1).ToArray())],
            written = [.. Enumerable.Range(0, writes).Select(_ => All(0).ToArray())];
        double sum;

        internal double Milliseconds()
        {
            var start = Stopwatch.GetTimestamp();
            for (var k = 0; k < writes; k++) SpanKernel.Combine(1, read[2 * k], 0.5, read[2 * k + 1], written[k]);
            foreach (var values in read) sum += SpanKernel.Dot(values, values);
            return double.IsFinite(sum) ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
                : throw new InvalidOperationException("Sums of ones are finite.");
        }
    }

    static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
