using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.Bench;

/// <summary>
/// What Import-Module costs cold, in a fresh process: in an engine that has imported another module before, and as the engine's very
/// first command. The peer is a module without content, imported the same way: the engine's own share.
/// </summary>
static class ImportTime
{
    /// <summary>Imports PhysOpt and the empty module in turn, each in processes of its own, and prints medians.</summary>
    internal static int Compare(int processes)
    {
        var empty = Directory.CreateTempSubdirectory("PhysOptBench");
        try
        {
            var emptyManifest = WriteModule(empty, "Empty");
            Compare("engine ready", processes, emptyManifest, WriteModule(empty, "Before"));
            Compare("first command", processes, emptyManifest);
            return 0;
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    static void Compare(string state, int processes, string emptyManifest, params string[] before)
    {
        var (ours, peers) = (new List<double>(), new List<double>());
        for (var i = 0; i < processes; i++)
        {
            peers.Add(InProcess([.. before, emptyManifest]));
            ours.Add(InProcess([.. before, Manifest()]));
        }

        Print($"{state}: Import-Module PhysOpt", ours);
        Print($"{state}: Import-Module of an empty module", peers);
    }

    /// <summary>Imports modules one after another and prints the milliseconds that the last one took.</summary>
    internal static int Once(string[] manifests)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        var last = 0.0;
        foreach (var manifest in manifests)
        {
            var clock = Stopwatch.StartNew();
            using var shell = System.Management.Automation.PowerShell.Create();
            shell.Runspace = runspace;
            shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
            last = clock.Elapsed.TotalMilliseconds;
        }

        Console.WriteLine(last.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    static double InProcess(string[] manifests)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["import-once", .. manifests]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Importing {manifests[^1]} failed.");
    }

    static string WriteModule(DirectoryInfo folder, string name)
    {
        var manifest = Path.Combine(folder.FullName, $"{name}.psd1");
        File.WriteAllText(manifest, "@{ ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }");
        return manifest;
    }

    /// <summary>The nearest PhysOpt.psd1 above this program.</summary>
    internal static string Manifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, "PhysOpt.psd1");
            if (File.Exists(manifest)) return manifest;
        }

        throw new FileNotFoundException("There is no PhysOpt.psd1 above this program.");
    }

    static void Print(string what, List<double> milliseconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: median {Median(milliseconds):F0} ms, {milliseconds.Min():F0} to {milliseconds.Max():F0} ms in {milliseconds.Count} processes"));

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
