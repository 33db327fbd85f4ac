using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What is loaded when, and where: each in a fresh process, for what is loaded once stays.</summary>
public sealed class LoadingTests : IDisposable
{
    const string MathNet = "[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'MathNet.Numerics' }";
    const string Contexts = $"{MathNet} | ForEach-Object {{ [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name "
        + "+ ' ' + $_.GetName().Version }";
    /// <summary>A step of a trust region along negative curvature, which takes a spectrum: that comes from Math.NET.</summary>
    const string SpectralX =
        "Invoke-TrustRegion { param($x) [Math]::Pow($x[0], 4) / 16 - $x[0] * $x[0] / 2 } 0.5 -Iterations 1 | " +
        "ForEach-Object { if ($_.Iteration -eq 1) { \"$([Math]::Round($_.X0, 9))\" } }";

    const string Drawing = """
        [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'ScottPlot', 'SkiaSharp', 'PhysOpt.Plotting' } |
            ForEach-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name + ' ' + $_.GetName().Name }
        """;

    readonly PowerShellProcess program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Import_descent_a_minimum_and_a_fit_load_no_dependency_and_a_spectrum_loads_it_in_private() => Assert.Equal(
        ["imported", "descended", "1.5", "PhysOpt 5.0.0.0"],
        await LinesAsync($$"""
            {{Contexts}}
            'imported'
            $null = Get-OptimizationProblem
            $null = Invoke-GradientDescent ThreeSpaces -Iterations 2
            $null = Find-Minimum -Objective { param($x) $x[0] * $x[0] + [Math]::Exp($x[1]) - $x[1] } -InitialGuess 1, 2
            $null = Invoke-LevenbergMarquardt Rosenbrock
            $null = Invoke-GaussNewton Rosenbrock
            $null = Invoke-HalfInverseGradient ThreeSpaces -Iterations 2 -WarningAction Ignore
            {{Contexts}}
            'descended'
            {{SpectralX}}
            {{Contexts}}
            """));

    [Fact]
    public async Task Types_of_the_module_are_in_the_default_context() => Assert.Equal(
        ["Default", "Default"],
        await LinesAsync("""
            [PhysOpt.Vector], (Get-Command Get-Gradient).ImplementingType | ForEach-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_.Assembly).Name }
            """));

    [Theory]
    [InlineData("4.15.0.0")]
    [InlineData("5.0.0.0")]
    [InlineData("6.0.0.0")]
    public async Task Another_modules_MathNet_in_a_context_of_its_own_is_no_matter(string version)
    {
        var stub = Stub(version);
        Assert.Equal(
            [$"Other {version}", "1.5", $"Other {version}", "PhysOpt 5.0.0.0"],
            await LinesAsync($"""
                $other = [System.Runtime.Loader.AssemblyLoadContext]::new('Other')
                $null = $other.LoadFromAssemblyPath('{stub}')
                {Contexts}
                {SpectralX}
                {Contexts}
                """));
    }

    [Fact]
    public Task An_older_MathNet_in_the_default_context_is_no_matter() => BesideDefaultAsync("4.15.0.0");

    [Fact]
    public async Task The_first_picture_loads_what_draws_in_private_and_the_import_does_not() => Assert.Equal(
        ["imported", "drawn", "PhysOpt PhysOpt.Plotting", "PhysOpt ScottPlot", "PhysOpt SkiaSharp"],
        await LinesAsync($$"""
            {{Drawing}}
            'imported'
            Invoke-NewtonStep ThreeSpaces -Iterations 1 -WarningAction Ignore | Export-TrajectoryPlot '{{Path.Combine(program.Folder, "p.png")}}'
            'drawn'
            {{Drawing}}
            """));

    [Theory]
    [InlineData("SkiaSharp", "2.88.0.0")]
    [InlineData("SkiaSharp", "99.0.0.0")]
    [InlineData("ScottPlot", "99.0.0.0")]
    public async Task Another_version_of_what_draws_in_the_default_context_is_no_matter(string name, string version) => Assert.Equal(
        ["Default " + name, "PhysOpt PhysOpt.Plotting", "PhysOpt ScottPlot", "PhysOpt SkiaSharp"],
        (await LinesAsync($$"""
            $null = [System.Reflection.Assembly]::LoadFrom('{{Stub(version, name)}}')
            Invoke-NewtonStep ThreeSpaces -Iterations 1 -WarningAction Ignore | Export-TrajectoryPlot '{{Path.Combine(program.Folder, "p.png")}}'
            {{Drawing}}
            """)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("SkiaSharp, Version=3.119.0.0, Culture=neutral, PublicKeyToken=0738eb9f132ed756")]
    [InlineData("MathNet.Numerics, Version=4.15.0.0, Culture=neutral, PublicKeyToken=cd8b63ad3d691a37")]
    public async Task The_handler_does_not_answer_for_what_others_refer_to(string name) => Assert.Equal(
        ["not found"],
        await LinesAsync($$"""try { [System.Reflection.Assembly]::Load('{{name}}').FullName } catch { 'not found' }"""));

    [Fact]
    public async Task Our_dependency_does_not_answer_for_others() => Assert.Equal(
        ["1.5", "not found"],
        await LinesAsync($$"""
            {{SpectralX}}
            Remove-Module PhysOpt
            try { [System.Reflection.Assembly]::Load('MathNet.Numerics, Version=9.9.9.9').FullName } catch { 'not found' }
            """));

    [Fact]
    public async Task Removing_and_importing_again_works_also_with_Force() => Assert.Equal(
        ["gone", "1.5", "1.5", "PhysOpt 5.0.0.0"],
        await LinesAsync($$"""
            Remove-Module PhysOpt
            if (-not (Get-Module PhysOpt)) { 'gone' }
            Import-Module '{{Engine.ManifestPath}}'
            {{SpectralX}}
            Import-Module '{{Engine.ManifestPath}}' -Force
            {{SpectralX}}
            {{Contexts}}
            """));

    [Theory]
    [InlineData("$null = $shell.AddScript('Remove-Module PhysOpt').Invoke()")]
    [InlineData("$runspace.Close()")]
    public async Task Removal_from_one_runspace_leaves_the_module_whole_in_another(string removal) => Assert.Equal(
        ["PhysOpt", "1.5", "PhysOpt 5.0.0.0"],
        await LinesAsync($$"""
            $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            $shell.AddScript("Import-Module '{{Engine.ManifestPath}}'; (Get-Module PhysOpt).Name").Invoke()
            $shell.Commands.Clear()
            {{removal}}
            {{SpectralX}}
            {{Contexts}}
            """));

    [Fact]
    public void Two_runspaces_of_one_process_run_side_by_side()
    {
        using var first = new ModuleEngine();
        using var second = new ModuleEngine();
        Parallel.Invoke(
            () => Assert.Equal(["1.5"], first.Texts(SpectralX)),
            () => Assert.Equal(["1.5"], second.Texts(SpectralX)));
    }

    async Task BesideDefaultAsync(string version)
    {
        var stub = Stub(version);
        Assert.Equal(
            [$"Default {version}", "1.5", $"Default {version}", "PhysOpt 5.0.0.0"],
            await LinesAsync($"""
                $null = [System.Reflection.Assembly]::LoadFrom('{stub}')
                {Contexts}
                {SpectralX}
                {Contexts}
                """));
    }

    async Task<string[]> LinesAsync(string script)
    {
        program.Script("load.ps1", PowerShellProcess.ImportModule + script);
        var run = await program.RunAsync("load.ps1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Lines;
    }

    string Stub(string version, string name = "MathNet.Numerics") => StubAssembly.Save(program.Folder, name, version);
}
