using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>The package as build.ps1 makes it: once for all tests, for the build takes long.</summary>
public sealed class PackagedModule : IDisposable
{
    readonly string output = Directory.CreateTempSubdirectory("physopt-package-").FullName;

    public PackagedModule()
    {
        using var engine = new Engine();
        Assert.Empty(engine.Run("& $script Package -OutputPath $folder", ("script", RepositoryRoot.PathOf("build.ps1")), ("folder", output))
            .Errors);
        Folder = Assert.Single(Directory.GetDirectories(Path.Combine(output, "PhysOpt")));
    }

    /// <summary>The folder that is named after the version.</summary>
    public string Folder { get; }

    public string Manifest => Path.Combine(Folder, "PhysOpt.psd1");

    /// <summary>The paths of all files, from the folder, with slashes.</summary>
    public IReadOnlyList<string> Files => FilesOf(Folder);

    /// <inheritdoc cref="Files"/>
    public static IReadOnlyList<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(output, recursive: true);

    /// <summary>
    /// What a script prints in a process of its own, 100 columns wide, in which the packaged module is the only one of its name. No error
    /// is allowed.
    /// </summary>
    /// <param name="script">Finds the module's folder in $package.</param>
    /// <param name="prepare">Puts files beside the script.</param>
    internal async Task<string[]> LinesAsync(string script, Action<PowerShellProcess>? prepare = null)
    {
        using var program = new PowerShellProcess();
        prepare?.Invoke(program);
        program.Environment["PSModulePath"] = output;
        program.Script("use.ps1", $"$package = '{Folder}'\n{script}");
        var run = await program.RunAsync("use.ps1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Lines;
    }
}
