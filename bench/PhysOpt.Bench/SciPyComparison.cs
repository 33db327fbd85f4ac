using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.Bench;

/// <summary>
/// The chained Rosenbrock function from a loop in a script block to its minimum, tracing included, against SciPy's L-BFGS-B from the same
/// start with the same tolerances. SciPy runs in a process of its own; the two take turns. Each is timed around the call by its own
/// language's clock, when the text of the function has been parsed and nothing of it has run. The engine is warm, and every round has a
/// script of another text, so that nothing PowerShell or PhysOpt may know of an earlier one helps.
/// </summary>
internal static class SciPyComparison
{
    const double Epsilon = 2.2204460492503131e-16;
    static readonly (double Factr, double Pgtol) Standard = (1e7, 1e-5); // what SciPy takes when nothing is said
    static readonly (double Factr, double Pgtol) Tight = (10, 1e-8);
    static readonly (string Name, string Command)[] Ways =
    [
        ("Find-Minimum -Method Lbfgs", "Find-Minimum -Method Lbfgs"),
        ("Find-Minimum", "Find-Minimum"),
        ("Invoke-Lbfgs, every record", "Invoke-Lbfgs -MaxIterations 100000"),
    ];

    /// <summary>One run: how long it took in ms, how often the objective was called and what was reached.</summary>
    readonly record struct Outcome(double Time, long Calls, double Loss, string Method = "");

    internal static int Compare()
    {
        if (Peer.Start() is not { } peer) return 1;
        using (peer)
        using (var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2()))
        {
            runspace.ThreadOptions = PSThreadOptions.ReuseThread; // as pwsh does
            runspace.Open();
            Run(runspace, $"Import-Module '{Repository.Manifest}' -ErrorAction Stop", null);
            Console.WriteLine($"{peer.Versions}; chained Rosenbrock from (-1.2, 1, -1.2, ...), ms; ratios are SciPy / PhysOpt");
            Warm(runspace, peer);
            foreach (var tolerances in new[] { Standard, Tight })
            {
                Console.WriteLine();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"factr {tolerances.Factr:G}, pgtol {tolerances.Pgtol:G}"));
                Console.WriteLine($"{"n",6}  {"",-28} {"median",9} {"best",9} {"worst",9} {"calls",7} {"loss",9} "
                    + $"{"of medians",11} {"of bests",9}");
                foreach (var (n, rounds) in new[] { (2, 151), (10, 101), (100, 31), (1_000, 9) })
                    Compare(runspace, peer, n, "hand", tolerances, rounds);
                if (tolerances == Standard) Compare(runspace, peer, 100, "approx", tolerances, rounds: 3, repeats: 9);
            }
        }

        return 0;
    }

    static void Compare(Runspace runspace, Peer peer, int n, string gradient, (double Factr, double Pgtol) tolerances, int rounds,
        int repeats = 1)
    {
        var theirs = new List<Outcome>();
        var ours = Ways.Select(_ => new List<Outcome>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add(peer.Run(gradient, n, tolerances));
            for (var turn = 0; turn < repeats * Ways.Length; turn++)
                ours[turn % Ways.Length].Add(Ours(runspace, Ways[turn % Ways.Length].Command, n, tolerances));
        }

        var peerTimes = Print(gradient == "hand" ? "SciPy, gradient by hand" : "SciPy, approx_grad, loop", n, theirs, null);
        for (var way = 0; way < Ways.Length; way++)
        {
            var name = Ways[way].Name;
            Print(name == "Find-Minimum" ? $"Find-Minimum ({ours[way][^1].Method})" : name, n, ours[way], peerTimes);
        }
    }

    /// <summary>
    /// What runs first in a process is slow, on both sides; and the runtime compiles what is hot once more, in the background.
    /// </summary>
    static void Warm(Runspace runspace, Peer peer)
    {
        for (var round = 0; round < 200; round++)
        {
            foreach (var n in new[] { 3, 30, round % 20 == 0 ? 300 : 12 })
            {
                _ = peer.Run("hand", n, Standard);
                foreach (var way in Ways) _ = Ours(runspace, way.Command, n, Standard);
            }

            if (round % 40 == 39) Thread.Sleep(500);
        }

        _ = peer.Run("approx", 10, Standard);
    }

    static Outcome Ours(Runspace runspace, string command, int n, (double Factr, double Pgtol) tolerances)
    {
        var start = Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1).ToArray();
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"{command} -Objective {Objective()} -InitialGuess $args[0] -LossTolerance {tolerances.Factr * Epsilon:R} "
            + $"-GradientTolerance {tolerances.Pgtol:R}");
        script = command.StartsWith("Invoke", StringComparison.Ordinal) ? $"{script} | ForEach-Object {{ $result = $_ }}"
            : $"$result = {script}";
        var output = Run(runspace,
            $"$clock = [System.Diagnostics.Stopwatch]::StartNew(); {script}; $clock.Stop(); $clock.Elapsed.TotalMilliseconds; $result",
            start);
        var time = (double)output[0].BaseObject;
        return output[1].BaseObject switch
        {
            OptimizationResult found => new(time, found.Evaluations, found.Loss, found.Method),
            IterationRecord found => new(time, found.Evaluations, found.Loss, found.Method),
            _ => throw new InvalidOperationException($"No result: {script}"),
        };
    }

    static System.Collections.ObjectModel.Collection<PSObject> Run(Runspace runspace, string script, double[]? argument)
    {
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddScript(script);
        if (argument is not null) shell.AddArgument(argument);
        var output = shell.Invoke();
        return shell.HadErrors ? throw new InvalidOperationException($"{script}: {shell.Streams.Error.FirstOrDefault()}") : output;
    }

    static int texts;

    /// <summary>The loop as people write it, in words that have not been used before.</summary>
    static string Objective()
    {
        var id = ++texts;
        return $$"""
            {
                param($x{{id}})
                $s = 0.0
                for ($i = 0; $i -lt $x{{id}}.Count - 1; $i++) {
                    $t = $x{{id}}[$i + 1] - $x{{id}}[$i] * $x{{id}}[$i]
                    $u = 1 - $x{{id}}[$i]
                    $s += 100 * $t * $t + $u * $u
                }
                $s
            }
            """;
    }

    static (double Median, double Best) Print(string name, int n, List<Outcome> outcomes, (double Median, double Best)? peer)
    {
        double[] times = [.. outcomes.Select(outcome => outcome.Time).Order()];
        var (median, best) = (times[times.Length / 2], times[0]);
        var (calls, loss) = (outcomes[^1].Calls, outcomes[^1].Loss);
        var ratios = peer is { } theirs ? FormattableString.Invariant($"{theirs.Median / median,11:F1} {theirs.Best / best,9:F1}") : "";
        Console.WriteLine(FormattableString.Invariant(
            $"{n,6}  {name,-28} {median,9:F2} {best,9:F2} {times[^1],9:F2} {calls,7} {loss,9:G2} {ratios}"));
        if (loss > 1e-6) Console.WriteLine("        this is not the minimum, which is 0");
        return (median, best);
    }

    /// <summary>bench/scipy/rosenbrock.py in a process that stays.</summary>
    sealed class Peer : IDisposable
    {
        const string Install = "It needs Python 3 with SciPy: 'apt-get install python3-scipy' on Debian 12 and its kin gives 1.10; " +
            "PYTHON names another interpreter.";
        readonly Process process;

        Peer(Process process, string versions) => (this.process, Versions) = (process, versions);

        internal string Versions { get; }

        /// <summary>The peer; null, with advice on what to install, where it does not run.</summary>
        internal static Peer? Start()
        {
            var script = Repository.File("bench", "scipy", "rosenbrock.py");
            string[] candidates = Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } named ? [named]
                : ["python3", "/usr/bin/python3"];
            var why = "";
            foreach (var python in candidates)
            {
                try
                {
                    var process = Process.Start(new ProcessStartInfo(python, [script])
                    {
                        RedirectStandardInput = true,
                        RedirectStandardOutput = true
                    })!;
                    var first = process.StandardOutput.ReadLine() ?? "it ended at once";
                    if (first.StartsWith("SciPy", StringComparison.Ordinal)) return new(process, first);
                    why += $" {python}: {first}.";
                    process.Dispose();
                }
                catch (System.ComponentModel.Win32Exception exception)
                {
                    why += $" {python}: {exception.Message}.";
                }
            }

            Console.Error.WriteLine($"There is no SciPy to compare with.{why} {Install}");
            return null;
        }

        internal Outcome Run(string gradient, int n, (double Factr, double Pgtol) tolerances)
        {
            process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{gradient} {n} {tolerances.Factr:R} {tolerances.Pgtol:R}"));
            process.StandardInput.Flush();
            var answer = process.StandardOutput.ReadLine()?.Split(' ') ?? throw new InvalidOperationException("SciPy's process has ended.");
            return new(double.Parse(answer[0], CultureInfo.InvariantCulture), long.Parse(answer[1], CultureInfo.InvariantCulture),
                double.Parse(answer[2], CultureInfo.InvariantCulture));
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
