using System.Diagnostics;
using System.Globalization;

namespace PhysOpt.Bench;

/// <summary>
/// What a short script pays: fresh processes of PowerShell with PhysOpt and of Python with SciPy take turns. Each imports its library,
/// finds a first minimum, and then that of the chained Rosenbrock function ten times.
/// </summary>
internal static class ColdStart
{
    static readonly int[] Sizes = [2, 10, 100, 1_000];

    internal static int Compare(int processes)
    {
        if (Python() is not { } python) return 1;
        Start(python, processes);
        Runs(python, processes);
        return 0;
    }

    /// <summary>Import and first answer, with the share that any module has.</summary>
    static void Start(string python, int processes)
    {
        var folder = Directory.CreateTempSubdirectory("PhysOptBench");
        try
        {
            var empty = Path.Combine(folder.FullName, "Empty.psd1");
            File.WriteAllText(empty, "@{ ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }");
            var (ours, peers, none) = (new List<double[]>(), new List<double[]>(), new List<double>());
            for (var i = 0; i < processes; i++)
            {
                ours.Add(Session(Repository.Manifest, 0));
                peers.Add(Peer(python, 0));
                none.Add(Session(empty, 0, "-Empty")[0]);
            }

            Console.WriteLine($"ms in {processes} fresh processes each: median (range)");
            Print("Import-Module", [.. ours.Select(t => t[0])]);
            Print("  of an empty module", none);
            Print("import SciPy", [.. peers.Select(t => t[0])]);
            Print("first Find-Minimum", [.. ours.Select(t => t[1])]);
            Print("first minimize", [.. peers.Select(t => t[1])]);
            var (both, theirs) = (Median([.. ours.Select(t => t[0] + t[1])]), Median([.. peers.Select(t => t[0] + t[1])]));
            Console.WriteLine(FormattableString.Invariant(
                $"import and first answer: {both:F0} and {theirs:F0} ms, ratio {both / theirs:F2}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs 2 to 10 of the chained function, each with a block of another text.</summary>
    static void Runs(string python, int processes)
    {
        Console.WriteLine();
        Console.WriteLine($"chained Rosenbrock, ms, medians of runs 2 to 10 in {processes} fresh processes each; ratios are SciPy / " +
            $"PhysOpt");
        Console.WriteLine($"{"n",6} {"PhysOpt",10} {"SciPy",10} {"ratio",7} {"range of ratios",17}");
        foreach (var n in Sizes)
        {
            var (ours, peers) = (new List<double>(), new List<double>());
            for (var i = 0; i < processes; i++)
            {
                ours.Add(Median([.. Session(Repository.Manifest, n).Skip(3)]));
                peers.Add(Median([.. Peer(python, n).Skip(3)]));
            }

            var ratios = ours.Zip(peers, (our, peer) => peer / our).ToList();
            var (own, other) = (Median(ours), Median(peers));
            Console.WriteLine(FormattableString.Invariant(
                $"{n,6} {own,10:F2} {other,10:F2} {other / own,7:F1} {ratios.Min(),9:F1} to {ratios.Max():F1}"));
        }
    }

    static double[] Session(string manifest, int n, params string[] more) => Numbers(
        "dotnet", ["pwsh", "-NoProfile", "-NonInteractive", "-File", Repository.File("bench", "cold", "session.ps1"), manifest, Text(n),
            .. more]);

    static double[] Peer(string python, int n) => Numbers(python, [Repository.File("bench", "scipy", "cold.py"), Text(n)]);

    static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    static double[] Numbers(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {output}");
    }

    /// <summary>A Python that has SciPy; null, with advice, where none is found.</summary>
    static string? Python()
    {
        string[] candidates = Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } named ? [named]
            : ["python3", "/usr/bin/python3"];
        foreach (var candidate in candidates)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(candidate,
                    ["-c", "import scipy"])
                { RedirectStandardError = true })!;
                _ = process.StandardError.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 0) return candidate;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // not on this machine: the next one
            }
        }

        Console.Error.WriteLine(
            "There is no SciPy to compare with: 'apt-get install python3-scipy' on Debian 12 and its kin gives 1.10; PYTHON names " +
            "another interpreter.");
        return null;
    }

    static void Print(string what, List<double> times) =>
        Console.WriteLine(FormattableString.Invariant($"{what,-24} {Median(times),6:F0} ({times.Min():F0} to {times.Max():F0})"));

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
