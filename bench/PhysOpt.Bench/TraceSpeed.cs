using System.Diagnostics;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Bench;

/// <summary>
/// What the value and gradient of the chained Rosenbrock function cost when traced, beside the same written by hand in C#. The ways take
/// turns, and medians are shown, because other work on the machine comes and goes.
/// </summary>
internal static class TraceSpeed
{
    const int Rounds = 41;

    static readonly int[] Sizes = [2, 10, 100, 1_000, 100_000];

    internal static int Compare()
    {
        Console.WriteLine("chained Rosenbrock, value and gradient; ns for one evaluation, median of rounds in turn");
        Console.WriteLine($"{"n",8} {"by hand",10} {"interpreted",12} {"compiled",10} {"public",10} {"ratio",6} {"allocated",10} " +
            $"{"compiling",12}");
        foreach (var n in Sizes) Compare(n);
        CompareHessian(1_000);
        return 0;
    }

    static void Compare(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => System.Math.Sin(1 + 3 * i))];
        var (byHand, traced) = (new double[n + 1], new double[n + 1]);
        var graph = Record(x);
        var program = Vectoriser.Roll(Differentiation.GradientAndValue(graph));
        var interpreter = new LoopInterpreter(program);
        var clock = Stopwatch.GetTimestamp();
        var compiled = LoopCompiler.Compile(program);
        var compiling = Stopwatch.GetElapsedTime(clock);
        var function = new TracedFunction(graph);

        var times = Medians(
            n,
            repeats => { for (var i = 0; i < repeats; i++) Rosenbrock(x, byHand); },
            repeats => { for (var i = 0; i < repeats; i++) interpreter.Evaluate(x, traced); },
            repeats => { for (var i = 0; i < repeats; i++) compiled.Evaluate(x, traced); },
            repeats => { for (var i = 0; i < repeats; i++) function.GradientAndValue(x, traced); });
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) function.GradientAndValue(x, traced);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
        var off = byHand.Zip(traced, (a, b) => System.Math.Abs(a - b) / (1 + System.Math.Abs(a))).Max();
        if (off > 1e-9) throw new InvalidOperationException($"The gradients differ by {off}.");
        Console.WriteLine(FormattableString.Invariant($"{n,8} {times[0],10:F1} {times[1],12:F1} {times[2],10:F1} {times[3],10:F1} ")
            + FormattableString.Invariant($"{times[3] / times[0],6:F2} {allocated,8} B {compiling.TotalMilliseconds,9:F1} ms"));
    }

    static void CompareHessian(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => System.Math.Sin(1 + 3 * i))];
        var function = new TracedFunction(Record(x));
        var gradient = new double[n + 1];
        var hessian = CompressedDerivative.Hessian(Differentiation.VectorJacobian(function.GraphAt(new(x))));
        var values = new double[hessian.Entries.Count];
        double[] at = [.. x, 1];
        var times = Medians(
            n,
            repeats => { for (var i = 0; i < repeats; i++) function.GradientAndValue(x, gradient); },
            repeats => { for (var i = 0; i < repeats; i++) hessian.Evaluate(at, values); });
        Console.WriteLine(FormattableString.Invariant($"Hessian at n = {n}: {hessian.ColourCount} colours, {values.Length} entries, ")
            + FormattableString.Invariant($"{times[1]:F0} ns, {times[1] / times[0]:F1} gradients"));
    }

    /// <summary>The median time of each way in nanoseconds.</summary>
    static double[] Medians(int n, params Action<int>[] ways)
    {
        var repeats = System.Math.Max(1, 2_000_000 / (10 + 3 * n));
        for (var warm = 0; warm < 3; warm++)
        {
            foreach (var way in ways) Time(way, System.Math.Max(repeats, 1_000));
            Thread.Sleep(200); // what is hot is compiled meanwhile: traced functions by us, the others once more by the runtime
        }

        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var k = 0; k < ways.Length; k++) times[k].Add(Time(ways[k], repeats));
        }

        return [.. times.Select(list => list.Order().ElementAt(Rounds / 2))];
    }

    static double Time(Action<int> way, int repeats)
    {
        var start = Stopwatch.GetTimestamp();
        way(repeats);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats;
    }

    static Graph Record(double[] x)
    {
        var recorder = new Recorder(x, int.MaxValue);
        var inputs = recorder.Inputs;
        var sum = recorder.Constant(0);
        for (var i = 0; i < x.Length - 1; i++)
        {
            var t = inputs[i + 1] - inputs[i] * inputs[i];
            var u = 1 - inputs[i];
            sum += 100 * t * t + u * u;
        }

        return recorder.Finish([sum]);
    }

    static void Rosenbrock(ReadOnlySpan<double> x, Span<double> gradientAndValue)
    {
        var n = x.Length;
        gradientAndValue.Clear();
        var sum = 0.0;
        for (var i = 0; i < n - 1; i++)
        {
            var t = x[i + 1] - x[i] * x[i];
            var u = 1 - x[i];
            sum += 100 * t * t + u * u;
            gradientAndValue[i] += -400 * x[i] * t - 2 * u;
            gradientAndValue[i + 1] += 200 * t;
        }

        gradientAndValue[n] = sum;
    }
}
