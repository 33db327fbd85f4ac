namespace PhysOpt.PowerShell.Tests.Hosting;

/// <summary>The program in a folder of its own, with and without a manifest above it.</summary>
public sealed class ModuleImportTests : IDisposable
{
    const string Manifest = "@{ RootModule = 'Stand.psm1'; ModuleVersion = '1.2.3'; FunctionsToExport = '*' }";

    readonly ConsoleProgram program = new();
    readonly string copy;

    public ModuleImportTests()
    {
        copy = Path.Combine(program.Folder, "deep", "app");
        foreach (var file in Directory.EnumerateFiles(ConsoleProgram.BuiltFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(ConsoleProgram.BuiltFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task The_nearest_manifest_above_the_program_is_imported_before_anything_runs()
    {
        program.Script("PhysOpt.psd1", Manifest);
        program.Script("Stand.psm1", "function Get-Answer { 42 }");
        var run = await program.RunCopyAsync(copy, "-Command", "Get-Answer; (Get-Module PhysOpt).Version.ToString()");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["42", "1.2.3"], run.Lines);
    }

    [Fact]
    public async Task Without_a_manifest_the_program_says_so_and_returns_1_and_NoModule_does_without()
    {
        var missing = await program.RunCopyAsync(copy, "-Command", "'ran'");
        Assert.Equal((1, ""), (missing.ExitCode, missing.Output));
        Assert.Contains("PhysOpt.psd1", missing.Errors, StringComparison.Ordinal);
        var without = await program.RunCopyAsync(copy, "-NoModule", "-Command", "'ran'");
        Assert.Equal((0, ""), (without.ExitCode, without.Errors));
        Assert.Equal(["ran"], without.Lines);
    }

    [Fact]
    public async Task A_module_that_fails_to_load_ends_the_program_with_1_and_its_error()
    {
        program.Script("PhysOpt.psd1", Manifest);
        program.Script("Stand.psm1", "throw 'broken inside'");
        var run = await program.RunCopyAsync(copy, "-Command", "'ran'");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("broken inside", run.Errors, StringComparison.Ordinal);
    }
}
