namespace PhysOpt.PowerShell.Tests.Hosting;

public sealed class PromptTests : IDisposable
{
    readonly ConsoleProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Lines_from_standard_input_are_run_one_by_one_without_prompts_and_survive_errors()
    {
        var run = await program.RunWithInputAsync("$a = 20\nthrow 'no luck'\n1 + )\nGet-Command no-such-command\n\n$a + 1\n");
        Assert.Equal(["21"], run.Lines);
        Assert.Contains("no luck", run.Errors, StringComparison.Ordinal);
        Assert.Contains("ParserError", run.Errors, StringComparison.Ordinal);
        Assert.Contains("no-such-command", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_statement_may_take_several_lines()
    {
        var run = await program.RunWithInputAsync("function twice($x) {\n  $x *\n\n    2\n}\ntwice 21\n@'\ntext\n'@\n");
        Assert.Equal("", run.Errors);
        Assert.Equal(["42", "text"], run.Lines);
    }

    [Fact]
    public async Task A_statement_cut_off_by_the_end_of_input_is_a_syntax_error()
    {
        var run = await program.RunWithInputAsync("'one'\nif ($true) {\n'two'");
        Assert.Equal(["one"], run.Lines);
        Assert.Contains("ParserError", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_leaves_with_its_code()
    {
        var run = await program.RunWithInputAsync("'one'\nexit 4\n'two'\n");
        Assert.Equal(4, run.ExitCode);
        Assert.Equal(["one"], run.Lines);
    }

    [Fact]
    public async Task What_was_typed_is_in_the_engines_history_and_the_last_result_in_its_variable()
    {
        var run = await program.RunWithInputAsync("'one' > $null\nGet-Command no-such-command\n$?\n(Get-History).CommandLine\n");
        Assert.Equal(["False", "'one' > $null", "Get-Command no-such-command", "$?"], run.Lines);
    }

    [Fact]
    public async Task The_host_introduces_itself()
    {
        var run = await program.RunAsync("-Command", "$Host.Name; $Host.Version.Major -ge 0; $Host.CurrentCulture.GetType().Name");
        Assert.Equal(["PhysOpt.Console", "True", "CultureInfo"], run.Lines);
    }
}
