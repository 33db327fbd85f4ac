using System.Text.RegularExpressions;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>What a user gets: complete, nothing superfluous, and it works from where it lies, beside other modules.</summary>
public sealed partial class PackageTests(PackagedModule package) : IClassFixture<PackagedModule>
{
    [Fact]
    public void It_holds_what_a_user_needs_and_no_more() => Assert.Equal(
        [
            "LICENSE", "PhysOpt.psd1", "THIRD-PARTY-NOTICES.md", "bin/PhysOpt.Format.ps1xml", "bin/PhysOpt.Loader.dll",
                "bin/PhysOpt.PowerShell.dll", "bin/PhysOpt.Types.ps1xml", "bin/PhysOpt.Types.psd1",
            "bin/PhysOpt.dll", "bin/dependencies/HarfBuzzSharp.dll", "bin/dependencies/MathNet.Numerics.dll",
                "bin/dependencies/PhysOpt.Plotting.dll",
            "bin/dependencies/ScottPlot.dll", "bin/dependencies/SkiaSharp.HarfBuzz.dll", "bin/dependencies/SkiaSharp.dll",
            "bin/dependencies/licences/ScottPlot/NOTICES.txt", "bin/dependencies/licences/SkiaSharp/THIRD-PARTY-NOTICES.txt",
            "bin/dependencies/runtimes/linux-arm64/native/libSkiaSharp.so", "bin/dependencies/runtimes/linux-x64/native/libSkiaSharp.so",
            "bin/dependencies/runtimes/osx/native/libSkiaSharp.dylib", "bin/dependencies/runtimes/win-arm64/native/libSkiaSharp.dll",
            "bin/dependencies/runtimes/win-x64/native/libSkiaSharp.dll",
            "bin/native/linux-arm64/PhysOpt.PowerShell.dll", "bin/native/linux-arm64/PhysOpt.dll",
                "bin/native/linux-x64/PhysOpt.PowerShell.dll",
            "bin/native/linux-x64/PhysOpt.dll", "bin/native/osx-arm64/PhysOpt.PowerShell.dll", "bin/native/osx-arm64/PhysOpt.dll",
            "bin/native/win-x64/PhysOpt.PowerShell.dll", "bin/native/win-x64/PhysOpt.dll", "en-US/PhysOpt.PowerShell.dll-Help.xml",
            .. Help.HelpPages.Subjects.Select(name => $"en-US/{name}.help.txt"),
        ],
        package.Files);

    [Fact]
    public void It_holds_nothing_of_the_engine_and_no_debug_symbols() => Assert.DoesNotContain(
        package.Files,
        file => file.Contains("Management.Automation", StringComparison.OrdinalIgnoreCase)
            || file.Contains("PowerShellStandard", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task Its_assemblies_are_of_one_version_and_optimised() => Assert.Equal(
        ["PhysOpt 0.1.0.0 Release", "PhysOpt.PowerShell 0.1.0.0 Release", "PhysOpt.Plotting 0.1.0.0 Release"],
        await package.LinesAsync("""
            'bin/PhysOpt.dll', 'bin/PhysOpt.PowerShell.dll', 'bin/dependencies/PhysOpt.Plotting.dll' | ForEach-Object {
                $assembly = [System.Reflection.Assembly]::LoadFile("$package/$_")
                $configuration = [System.Reflection.CustomAttributeExtensions]::GetCustomAttribute($assembly, [System.Reflection.AssemblyConfigurationAttribute])
                "$($assembly.GetName().Name) $($assembly.GetName().Version) $($configuration.Configuration)"
            }
            """));

    [Fact]
    public void The_notices_have_every_library_with_its_version_and_its_licence()
    {
        var notices = File.ReadAllText(Path.Combine(package.Folder, "THIRD-PARTY-NOTICES.md"));
        var libraries = package.Files.Where(file => file.StartsWith("bin/dependencies/", StringComparison.Ordinal)
            && file.EndsWith(".dll", StringComparison.Ordinal)
            && !file.Contains("/native/", StringComparison.Ordinal) && !file.Contains("PhysOpt", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(libraries);
        Assert.All(libraries, file =>
        {
            var name = Path.GetFileNameWithoutExtension(file).Replace("MathNet.", "Math.NET ", StringComparison.Ordinal);
            Assert.Matches($@"(?m)^## .*\b{Regex.Escape(name)} {Regex.Escape(PackageVersion(Path.GetFileNameWithoutExtension(file)))}\b",
                notices);
        });
        Assert.Contains("Permission is hereby granted, free of charge", notices, StringComparison.Ordinal);
        Assert.Contains("DejaVu", notices, StringComparison.Ordinal);

        var named = LicenceFile().Matches(notices).Select(match => match.Value).ToList();
        Assert.Equal(package.Files.Where(file => file.Contains("/licences/", StringComparison.Ordinal)),
            named.Order(StringComparer.Ordinal));
        Assert.All(named, file => Assert.True(new FileInfo(Path.Combine(package.Folder, file)).Length > 1000, file));
        Assert.StartsWith("MIT License", File.ReadAllText(Path.Combine(package.Folder, "LICENSE")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_passes_its_test() => Assert.Equal(
        ["PhysOpt 0.1.0 Core 7.6", "0 errors, 0 warnings"],
        await package.LinesAsync("""
            $module = Test-ModuleManifest "$package/PhysOpt.psd1" -ErrorVariable errors -WarningVariable warnings
            "$($module.Name) $($module.Version) $($module.CompatiblePSEditions) $($module.PowerShellVersion)"
            "$($errors.Count) errors, $($warnings.Count) warnings"
            """));

    [Fact]
    public async Task It_can_be_published_and_what_is_installed_from_there_is_whole_and_works()
    {
        using var program = new PowerShellProcess();
        // the list of repositories is a user's setting: this one is written into a home of its own, and taken off the list where that does
        // not help
        foreach (var home in (string[])["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"])
            program.Environment[home] = program.Folder;
        program.Script("publish.ps1", """
            $package = $args[0]
            $ErrorActionPreference = 'Stop'
            $name = "PhysOpt-$([guid]::NewGuid())"
            $null = New-Item repository, installed -ItemType Directory
            Register-PSResourceRepository $name -Uri "$PWD/repository" -Trusted
            try {
                Publish-PSResource $package -Repository $name
                $found = Find-PSResource PhysOpt -Repository $name
                "$($found.Name) $($found.Version)"
                @('PSEdition_Core', 'Windows', 'Linux', 'MacOS').ForEach({ $found.Tags -contains $_ }) -join ' '
                "$($found.ReleaseNotes.Length -gt 100) $($found.ProjectUri)$($found.LicenseUri)$($found.IconUri)"
                Save-PSResource PhysOpt -Repository $name -Path installed
            }
            finally { Unregister-PSResourceRepository $name }
            (Test-ModuleManifest (Get-Item installed/PhysOpt/*/PhysOpt.psd1)).ExportedCmdlets.Count -eq (Test-ModuleManifest $package/PhysOpt.psd1).ExportedCmdlets.Count
            """);
        program.Script("use.ps1", """
            Import-Module (Get-Item installed/PhysOpt/*/PhysOpt.psd1)
            (Get-Module PhysOpt).ModuleBase
            (Find-Minimum Rosenbrock).IsConverged
            """);
        var published = await program.RunAsync("publish.ps1", package.Folder);
        var used = await program.RunAsync("use.ps1");

        Assert.Equal((0, ""), (published.ExitCode, published.Errors));
        Assert.Equal(["PhysOpt 0.1.0", "True True True True", "True", "True"], published.Lines);
        Assert.Equal((0, ""), (used.ExitCode, used.Errors));
        var installed = Path.Combine(program.Folder, "installed", "PhysOpt", "0.1.0");
        Assert.Equal([installed, "True"], used.Lines);
        Assert.Equal(package.Files, PackagedModule.FilesOf(installed));
    }

    [Fact]
    public async Task It_exports_the_commands_that_have_a_page_and_nothing_else()
    {
        var listed = await package.LinesAsync("""(Test-ModuleManifest "$package/PhysOpt.psd1").ExportedCommands.Keys""");
        var exported = await package.LinesAsync("""Import-Module PhysOpt; Get-Command -Module PhysOpt | ForEach-Object { "$($_.CommandType) $($_.Name)" }""");
        Assert.Equal(Help.HelpPages.Cmdlets, listed.Order(StringComparer.Ordinal));
        Assert.Equal(Help.HelpPages.Cmdlets.Select(name => $"Cmdlet {name}"), exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_is_found_by_name_and_a_command_alone_imports_it() => Assert.Equal(
        ["0.1.0", "ThreeSpaces", package.Manifest],
        await package.LinesAsync("""
            (Get-Module PhysOpt -ListAvailable).Version.ToString()
            (Get-OptimizationProblem ThreeSpaces).Name
            (Get-Module PhysOpt).Path -replace 'bin.PhysOpt.Loader.dll$', 'PhysOpt.psd1'
            """));

    [Fact]
    public async Task The_taste_of_the_README_runs_from_it()
    {
        var (script, shown) = ReadmeTests.Taste();
        Assert.Equal(shown, await package.LinesAsync($"Import-Module \"$package/PhysOpt.psd1\"\n{script}"), PageBlocks.IsSame);
    }

    [Fact]
    public async Task It_reproduces_the_three_spaces_and_draws_them() => Assert.Equal(
        ["0.0520246", "800 x 600"],
        await package.LinesAsync("""
            Import-Module PhysOpt
            $run = Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations 10
            $run[-1].X0.ToString('F7', [cultureinfo]::InvariantCulture)
            $run | Export-TrajectoryPlot draw.png
            $head = [IO.File]::ReadAllBytes("$PWD/draw.png")[16..23]
            '{0} x {1}' -f ($head[2] * 256 + $head[3]), ($head[6] * 256 + $head[7])
            """));

    [Fact]
    public async Task It_brings_help_for_every_command_and_every_subject()
    {
        var lines = await package.LinesAsync("""
            Import-Module PhysOpt
            Get-Command -Module PhysOpt | ForEach-Object { $help = Get-Help $_.Name; "$($_.Name): $($help.examples.example.Count) examples. $($help.Synopsis)" }
            Get-Help about_PhysOpt* | ForEach-Object { "$($_.Name): $($_.Synopsis)" }
            Get-Help Invoke-Adam -Examples | Out-Host
            """);
        Assert.All(Help.HelpPages.Cmdlets, name =>
            Assert.Contains(lines, line => Regex.IsMatch(line, $"^{name}: [1-9][0-9]* examples. [A-Z].{{10,}}")));
        Assert.All(Help.HelpPages.Subjects, name => Assert.Contains(lines, line => Regex.IsMatch(line, $"^{name}: .{{10,}}")));
        Assert.Contains(lines, line => line.Trim().StartsWith("Invoke-Adam ThreeSpaces", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task A_module_with_another_version_of_MathNet_loads_beside_it(string order)
    {
        var imports = new[] { "Import-Module \"$PSScriptRoot/Other/Other.psd1\"", "Import-Module PhysOpt" };
        if (order == "after") imports = [.. imports.Reverse()];
        var lines = await package.LinesAsync(
            $$"""
            {{string.Join('\n', imports)}}
            Invoke-TrustRegion { param($x) [Math]::Pow($x[0], 4) / 16 - $x[0] * $x[0] / 2 } 0.5 -Iterations 1 -WarningAction Ignore |
                ForEach-Object { if ($_.Iteration -eq 1) { "$([Math]::Round($_.X0, 9))" } }
            [MathNet.Numerics.Stub].Assembly.GetName().Version.ToString()
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'MathNet.Numerics' } |
                ForEach-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name + ' ' + $_.GetName().Version }
            """,
            program =>
            {
                var other = Directory.CreateDirectory(Path.Combine(program.Folder, "Other")).FullName;
                StubAssembly.Save(other, "MathNet.Numerics", "4.15.0.0");
                File.WriteAllText(Path.Combine(other, "Other.psd1"),
                    "@{ ModuleVersion = '1.0'; RequiredAssemblies = @('MathNet.Numerics.dll') }");
            });
        Assert.Equal(["1.5", "4.15.0.0", "Default 4.15.0.0", "PhysOpt 5.0.0.0"], lines);
    }

    static string PackageVersion(string name)
    {
        var versions = File.ReadAllText(RepositoryRoot.PathOf("Directory.Packages.props"));
        var version = Regex.Match(versions, $@"Include=""{Regex.Escape(name)}(\.NativeAssets\.\w+)?"" Version=""([^""]+)""");
        Assert.True(version.Success, $"{name} has no version in Directory.Packages.props.");
        return version.Groups[2].Value;
    }

    [GeneratedRegex(@"bin/dependencies/licences/[^`]+")]
    private static partial Regex LicenceFile();
}
