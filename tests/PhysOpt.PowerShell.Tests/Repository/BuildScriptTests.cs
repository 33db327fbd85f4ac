namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>build.ps1 in the hosted engine, and the package it makes.</summary>
public sealed class BuildScriptTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("physopt-package-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_package_holds_what_a_user_needs_and_works()
    {
        using (var builder = new Engine())
        {
            var build = builder.Run("& $script Package -OutputPath $folder", ("script", BuildScript), ("folder", folder));
            Assert.Empty(build.Errors);
        }

        using var engine = new Engine();
        var package = Path.Combine(folder, "PhysOpt", Version(engine));
        Assert.Equal(
            [
                "LICENSE", "PhysOpt.psd1", "THIRD-PARTY-NOTICES.md", "bin/PhysOpt.Format.ps1xml", "bin/PhysOpt.PowerShell.dll", "bin/PhysOpt.Types.ps1xml",
                "bin/PhysOpt.dll", "bin/dependencies/HarfBuzzSharp.dll", "bin/dependencies/MathNet.Numerics.dll", "bin/dependencies/PhysOpt.Plotting.dll",
                "bin/dependencies/ScottPlot.dll", "bin/dependencies/SkiaSharp.HarfBuzz.dll", "bin/dependencies/SkiaSharp.dll",
                "bin/dependencies/licences/ScottPlot/NOTICES.txt", "bin/dependencies/licences/SkiaSharp/THIRD-PARTY-NOTICES.txt",
                "bin/dependencies/runtimes/linux-arm64/native/libSkiaSharp.so", "bin/dependencies/runtimes/linux-x64/native/libSkiaSharp.so",
                "bin/dependencies/runtimes/osx/native/libSkiaSharp.dylib", "bin/dependencies/runtimes/win-arm64/native/libSkiaSharp.dll",
                "bin/dependencies/runtimes/win-x64/native/libSkiaSharp.dll", "en-US/PhysOpt.PowerShell.dll-Help.xml",
                .. Help.HelpPages.Subjects.Select(name => $"en-US/{name}.help.txt"),
            ],
            Directory.EnumerateFiles(package, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(package, file).Replace('\\', '/')).Order(StringComparer.Ordinal));

        // in a process of its own, so that the package's own assemblies are the ones that load
        using var program = new Hosting.ConsoleProgram();
        program.Script("use.ps1", "param($manifest) Import-Module $manifest; (Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations 10)[-1].X0.ToString('F7', [cultureinfo]::InvariantCulture); Get-Help Invoke-Adam -Examples | Out-Host");
        var use = await program.RunAsync("use.ps1", Path.Combine(package, "PhysOpt.psd1"));
        Assert.Equal(("", "0.0520246"), (use.Errors, use.Lines[0]));
        Assert.Contains(use.Lines, line => line.Trim().StartsWith("Invoke-Adam ThreeSpaces", StringComparison.Ordinal));

        program.Script("draw.ps1", "param($manifest) Import-Module $manifest; Invoke-NewtonStep ThreeSpaces -Iterations 3 -WarningAction Ignore | Export-TrajectoryPlot draw.png");
        var draw = await program.RunAsync("draw.ps1", Path.Combine(package, "PhysOpt.psd1"));
        Assert.Equal(("", ""), (draw.Errors, draw.Output.Trim()));
        Assert.Equal(800, Plotting.PngImage.Read(Path.Combine(program.Folder, "draw.png")).Width);
    }

    [Fact]
    public void An_unknown_task_is_refused_by_name()
    {
        using var engine = new Engine();
        var result = engine.Run("& $script Fly", ("script", BuildScript));
        Assert.Contains("Package", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Pester_the_task_Pester_says_what_to_do()
    {
        using var engine = new Engine();
        Assert.SkipWhen(engine.Run("Get-Module Pester -ListAvailable").Output.Count > 0, "Pester is installed here.");
        var result = engine.Run("& $script Pester", ("script", BuildScript));
        Assert.Contains("Install-Module Pester", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assemblies_and_manifest_have_one_version()
    {
        using var engine = new Engine();
        var assembly = System.Reflection.AssemblyName.GetAssemblyName(Path.Combine(Engine.RepositoryRoot, "bin", "PhysOpt.dll"));
        Assert.Equal(Version(engine), assembly.Version!.ToString(3));
    }

    static string BuildScript => Path.Combine(Engine.RepositoryRoot, "build.ps1");

    static string Version(Engine engine)
    {
        var module = engine.Run("Import-Module $manifest; (Get-Module PhysOpt).Version.ToString()", ("manifest", Engine.ManifestPath));
        return Assert.Single(module.Output).ToString()!;
    }
}
