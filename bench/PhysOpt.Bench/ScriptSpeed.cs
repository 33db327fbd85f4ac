using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.Bench;

/// <summary>
/// What a script block costs: from the block to its first value and gradient (rewriting, recording, checking, differentiating, evaluating),
/// and from then on, beside calling the block with central differences. The engine is warm; every round has a block of its own.
/// </summary>
internal static class ScriptSpeed
{
    const int Rounds = 15;
    internal const string Rosenbrock = """
        param($x)
        $sum = 0.0
        for ($i = 0; $i -lt $x.Count - 1; $i++) {
            $t = $x[$i + 1] - $x[$i] * $x[$i]
            $u = 1 - $x[$i]
            $sum += 100 * $t * $t + $u * $u
        }
        $sum
        """;

    static readonly int[] Sizes = [2, 10, 100, 1_000, 10_000, 100_000];

    internal static int Compare()
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        for (var warm = 0; warm < 60; warm++)
        {
            First(Start(100));
            if (warm % 20 == 19) Thread.Sleep(300); // the runtime compiles what is hot once more
        }

        Console.WriteLine("chained Rosenbrock as a PowerShell loop; medians");
        Console.WriteLine($"{"n",8} {"first gradient",15} {"per variable",13} {"block, once",12} {"differences",13} {"traced",11} " +
            $"{"ratio",8}");
        foreach (var n in Sizes) Compare(n);
        return 0;
    }

    static void Compare(int n)
    {
        var x = Start(n);
        var rounds = n > 10_000 ? 3 : Rounds;
        var first = Median(rounds + 5, () => First(x));
        var map = new ScriptBlockMap(ScriptBlock.Create(Rosenbrock), "Objective");
        var once = Median(rounds, () => Timed(() => map.Evaluate(x)));
        // beyond a thousand variables differences are not waited for: 2n + 1 calls of the block
        var differences = n <= 1_000 ? Median(n < 1_000 ? rounds : 1, () => Timed(() => Differences(map, x))) : (2 * n + 1) * once;
        var traced = Traced(map, x);
        Console.WriteLine(FormattableString.Invariant($"{n,8} {first,12:F2} ms {first * 1e3 / n,10:F1} us {once,9:F3} ms ")
            + FormattableString.Invariant($"{differences,10:F2} ms {traced * 1e3,8:F2} us {differences / traced,8:F0}"));
    }

    static Vector Start(int n) => new(Enumerable.Range(0, n).Select(i => System.Math.Sin(1 + 3 * i)));

    /// <summary>From a new block to its first value and gradient, in ms.</summary>
    static double First(Vector x)
    {
        var map = new ScriptBlockMap(ScriptBlock.Create(Rosenbrock), "Objective");
        return Timed(() => ((TracedBlock)map.Trace(x, null)!).Function.GradientAndValue(x.AsSpan(), new double[x.Count + 1]));
    }

    static void Differences(ScriptBlockMap map, Vector x)
    {
        var differenced = new FiniteDifferenceMap(map);
        differenced.Jacobian(x, differenced.Evaluate(x));
    }

    /// <summary>A value and gradient once the function is hot, in ms.</summary>
    static double Traced(ScriptBlockMap map, Vector x)
    {
        var function = ((TracedBlock)map.Trace(x, null)!).Function;
        var values = new double[x.Count + 1];
        var repeats = System.Math.Max(20, 1_000_000 / x.Count);
        for (var warm = 0; warm < 4; warm++)
        {
            for (var i = 0; i < repeats; i++) function.GradientAndValue(x.AsSpan(), values);
            Thread.Sleep(200); // what is hot is compiled meanwhile
        }

        return Median(Rounds, () => Timed(() =>
        {
            for (var i = 0; i < repeats; i++) function.GradientAndValue(x.AsSpan(), values);
        })) / repeats;
    }

    static double Timed(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static double Median(int rounds, Func<double> time)
    {
        double[] times = [.. Enumerable.Range(0, rounds).Select(_ => time())];
        return times.Order().ElementAt(rounds / 2);
    }
}
