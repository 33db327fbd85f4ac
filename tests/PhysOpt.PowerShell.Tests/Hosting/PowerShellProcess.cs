using System.Diagnostics;

namespace PhysOpt.PowerShell.Tests.Hosting;

/// <summary>The pinned PowerShell in a process of its own, as a window of 100 columns without colours.</summary>
/// <remarks>It has a folder for its scripts, in which it runs.</remarks>
internal sealed class PowerShellProcess : IDisposable
{
    /// <summary>The line that imports the module that the build has laid out.</summary>
    public static string ImportModule { get; } = $"Import-Module '{Engine.ManifestPath}'\n";

    /// <summary>
    /// Without a terminal PowerShell takes 80 columns, whatever one sets; so what would go to the window is made into lines here.
    /// PowerShell leaves the last column of a window free.
    /// </summary>
    const string Window = """
        $rest = @($args[1..$args.Count])
        function Out-Host { $input | Out-String -Width 99 -Stream }
        & $args[0] @rest | Out-String -Width 99 -Stream
        """;

    static readonly Lazy<Task<string>> Library = new(FindAsync);

    public string Folder { get; } = Directory.CreateTempSubdirectory("physopt-tests-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public void Script(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">Its path, or its name in the folder.</param>
    /// <param name="arguments">What it is given, by position.</param>
    public async Task<Finished> RunAsync(string script, params string[] arguments)
    {
        Script("window.ps1", Window);
        var start = new ProcessStartInfo
        {
            WorkingDirectory = Folder,
            ArgumentList = { await Library.Value, "-NoProfile", "-File", Path.Combine(Folder, "window.ps1"), Path.Combine(Folder, script) },
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("PSModulePath"); // a PowerShell that runs the tests has set it
        start.Environment["NO_COLOR"] = "1";
        // PowerShell compiles ahead, on a thread of its own, what earlier processes of the user ran, and loads what that needs; not where
        // so many processors (in hexadecimal) are asked for
        start.Environment["DOTNET_MultiCoreJitMinNumCpus"] = "400";
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return await Finished.RunAsync(start);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The manifest of tools counts in its own folder only, so the tool is asked there where it lies.</summary>
    static async Task<string> FindAsync()
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = RepositoryRoot.Folder,
            ArgumentList = { "pwsh", "-NoProfile", "-Command", "$PSHOME" },
        };
        start.Environment["NO_COLOR"] = "1";
        var found = await Finished.RunAsync(start);
        Assert.True(found.ExitCode == 0, $"There is no PowerShell to test with. Run dotnet tool restore.\n{found.Errors}");
        return Path.Combine(found.Output.Trim(), "pwsh.dll");
    }
}
