using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Bench;

/// <summary>
/// What a record costs beside the step that it tells of: in the loop of the core and at the end of a PowerShell pipeline; and how many
/// vectors a run with a million variables allocates for each.
/// </summary>
internal static class RecordCost
{
    const int Records = 100_000;
    const int Rounds = 15;
    const int Large = 1_000_000;

    internal static int Compare()
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        Invoke(runspace, $"Import-Module '{Path.Combine(AppContext.BaseDirectory, "PhysOpt.PowerShell.dll")}' -ErrorAction Stop");
        Invoke(runspace, "$problem = New-OptimizationProblem -Objective { param($x) $x[0] * $x[0] + 2 * $x[1] * $x[1] } -InitialGuess 1, " +
            "1");
        var problem = (OptimizationProblem)Invoke(runspace, "$problem")[0].BaseObject;
        var command = $"Invoke-GradientDescent $problem -LearningRate 1e-7 -MaxIterations {Records} -GradientTolerance 0 -StepTolerance 0";
        var options = new OptimizationOptions { MaxIterations = Records, GradientTolerance = 0, StepTolerance = 0 };
        var ways = new (string Name, Action Run)[]
        {
            ("the method's steps alone", () => Step(problem, options)),
            ("records from Optimizer.Run",
                () => { foreach (var record in Optimizer.Run(problem, new GradientDescent(1e-7), options)) GC.KeepAlive(record); }),
            ("records to Out-Null", () => Invoke(runspace, $"{command} | Out-Null")),
            ("records through ForEach-Object { }", () => Invoke(runspace, $"{command} | ForEach-Object {{ }}")),
            ("as many numbers through ForEach-Object { }", () => Invoke(runspace, $"1..{Records} | ForEach-Object {{ }}")),
        };
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds + 3; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var start = Stopwatch.GetTimestamp();
                ways[way].Run();
                if (round >= 3) times[way].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Records);
            }
        }

        Console.WriteLine($"gradient descent on a traced script block, n = 2, {Records} iterations; medians of {Rounds} rounds in us per " +
            $"iteration (range)");
        for (var way = 0; way < ways.Length; way++)
        {
            var sorted = times[way].Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ways[way].Name,-44} {sorted[Rounds / 2],6:F2} ({sorted[0]:F2} to {sorted[^1]:F2}); "
                + $"beside the steps {sorted[Rounds / 2] - times[0].Order().ElementAt(Rounds / 2),6:F2}"));
        }

        Console.WriteLine();
        Console.WriteLine($"allocated by an iteration with n = {Large}, in vectors of n numbers");
        Allocations("GradientDescent", Optimizer.Run(Sphere(null), new GradientDescent(0.01), Exactly));
        Allocations("Adam", Optimizer.Run(Sphere(null), new Adam(0.01), Exactly));
        Allocations("Lbfgs", Optimizer.Run(Sphere(null), new Lbfgs(), Exactly));
        Allocations("Lbfgs, x <= 1/2", Optimizer.Run(Sphere(0.5), new Lbfgs(), Exactly));
        return 0;
    }

    static OptimizationOptions Exactly => new() { MaxIterations = 20, GradientTolerance = null, StepTolerance = null };

    /// <summary>The same steps without loop and records.</summary>
    static void Step(OptimizationProblem problem, OptimizationOptions options)
    {
        var f = (IDifferentiable)Objectives.Create(problem, options, new EvaluationBudget(), CancellationToken.None);
        var method = new GradientDescent(1e-7);
        var state = method.Initialize(f, problem.InitialGuess);
        for (var k = 0; k < Records; k++)
        {
            state = method.Step(f, state).State!;
            _ = state.At.Gradient;
        }
    }

    static void Allocations(string name, IEnumerable<IterationRecord> run)
    {
        var marks = new List<long>();
        foreach (var record in run) marks.Add(record.Iteration < 12 ? 0 : GC.GetAllocatedBytesForCurrentThread());
        var each = marks.Where(mark => mark > 0).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-20} {(each[^1] - each[0]) / (each.Length - 1.0) / (8.0 * Large):F3}"));
    }

    /// <summary>sum w_i (x_i - c_i)^2 / 2 from zero.</summary>
    static OptimizationProblem Sphere(double? upper)
    {
        double Weight(int i) => 1 + i % 97;
        double Centre(int i) => i % 11 / 10.0;
        return new(
            "Sphere", null,
            new LbfgsCost.Loss(
                x =>
                {
                    var sum = 0.0;
                    for (var i = 0; i < x.Count; i++) sum += Weight(i) * (x[i] - Centre(i)) * (x[i] - Centre(i)) / 2;
                    return sum;
                },
                x =>
                {
                    var to = new double[x.Count];
                    for (var i = 0; i < to.Length; i++) to[i] = Weight(i) * (x[i] - Centre(i));
                    return Vector.Wrap(to);
                }),
            Vector.Zero(Large), upperBound: upper is { } high ? new(Enumerable.Repeat(high, Large)) : null);
    }

    static System.Collections.ObjectModel.Collection<System.Management.Automation.PSObject> Invoke(Runspace runspace, string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        return shell.AddScript(script).Invoke();
    }
}
