using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PhysOpt.PowerShell.ScriptBlocks.Calling;
using PhysOpt.Solving;

namespace PhysOpt.Bench;

/// <summary>
/// What it costs from end to end that a block confirms its trace: searches for the minimum of the chained Rosenbrock function by L-BFGS,
/// each with a block of its own, so that recording and all is in the time; and what of that is calls of the block to confirm.
/// </summary>
internal static class ConfirmationCost
{
    static readonly (int Size, int Rounds)[] Sizes = [(2, 101), (10, 101), (100, 31), (1_000, 9)];

    internal static int Compare()
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        for (var warm = 0; warm < 60; warm++) Search(10);

        Console.WriteLine("chained Rosenbrock from a new block to the minimum by L-BFGS; medians, and the range of what confirming takes");
        Console.WriteLine($"{"n",6} {"search",12} {"confirmations",14} {"in them",12} {"of the whole",22}");
        foreach (var (n, rounds) in Sizes)
        {
            var results = Enumerable.Range(0, rounds + 5).Select(_ => Search(n)).Skip(5).ToArray();
            double[] shares = [.. results.Select(each => each.InCalls / each.Whole).Order()];
            var whole = results.Select(each => each.Whole.TotalMilliseconds).Order().ElementAt(rounds / 2);
            var calls = results.Select(each => each.Calls).Order().ElementAt(rounds / 2);
            var inCalls = results.Select(each => each.InCalls.TotalMilliseconds).Order().ElementAt(rounds / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{n,6} {whole,9:F3} ms {calls,14} {inCalls,9:F3} ms {shares[rounds / 2],8:P1} ({shares[0]:P1} to {shares[^1]:P1})"));
        }

        return 0;
    }

    /// <summary>A search, the block's calls that confirmed it, and what so many calls take right after it.</summary>
    static (TimeSpan Whole, int Calls, TimeSpan InCalls) Search(int n)
    {
        var block = ScriptBlock.Create(ScriptSpeed.Rosenbrock + $"\n# {Guid.NewGuid()}");
        var start = new Vector(Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1));
        var began = Stopwatch.GetTimestamp();
        var map = new ScriptBlockMap(block, "Objective");
        var result = new MinimumSearch { Method = MethodRegistry.Require("Lbfgs") }.Find(new("Rosenbrock", null, map, start));
        var whole = Stopwatch.GetElapsedTime(began);
        if (result.Confirmation != Confirmation.Slope) throw new InvalidOperationException($"Confirmed: {result.Confirmation}.");
        began = Stopwatch.GetTimestamp();
        for (var call = 0; call < result.Confirmations; call++) map.Evaluate(result.X);
        return (whole, result.Confirmations, Stopwatch.GetElapsedTime(began));
    }
}
