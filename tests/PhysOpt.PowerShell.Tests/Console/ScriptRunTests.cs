namespace PhysOpt.PowerShell.Tests.Hosting;

public sealed class ScriptRunTests : IDisposable
{
    readonly ConsoleProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_script_that_succeeds_writes_to_standard_output_and_returns_0()
    {
        program.Script("ok.ps1", "'one'\n2 + 3");
        var run = await program.RunAsync("ok.ps1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["one", "5"], run.Lines);
    }

    [Fact]
    public async Task A_script_that_throws_returns_1_and_shows_the_error_once_with_its_own_line()
    {
        program.Script("throws.ps1", "'before'\n\nthrow 'no luck'\n'after'");
        var run = await program.RunAsync("throws.ps1");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["before"], run.Lines);
        Assert.Contains("throws.ps1:3", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.ErrorLines, line => line.Contains("| no luck", StringComparison.Ordinal));
        Assert.Single(run.ErrorLines, line => line.Contains("throw 'no luck'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("exit 0", 0)]
    [InlineData("function f { exit 9 }; f; 'not reached'", 9)]
    public async Task A_scripts_exit_is_the_programs_exit_code(string text, int code)
    {
        program.Script("leaves.ps1", text);
        var run = await program.RunAsync("leaves.ps1");
        Assert.Equal((code, "", ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public async Task A_native_program_that_fails_inside_a_script_does_not_make_the_script_fail()
    {
        // a child that is certain to exist: this very program
        program.Script("native.ps1", "dotnet $args[0] -NoModule -Command 'exit 5'\n\"child said $LASTEXITCODE\"");
        var run = await program.RunAsync("native.ps1", Path.Combine(ConsoleProgram.BuiltFolder, "PhysOpt.Console.dll"));
        Assert.Equal(["child said 5"], run.Lines);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_script_goes_on_after_a_non_terminating_error_and_returns_0()
    {
        program.Script("goeson.ps1", "'one'\nGet-Command no-such-command\n'two'");
        var run = await program.RunAsync("goeson.ps1");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["one", "two"], run.Lines);
        Assert.Contains("goeson.ps1:2", run.Errors, StringComparison.Ordinal);
        Assert.Contains("no-such-command", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_and_output_keep_their_order()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Joins the two streams with sh, which Windows does not have.");
        program.Script("order.ps1", "'one'\nGet-Command no-such-command\n'two'\n[pscustomobject]@{ Three = 3 }\nGet-Command no-such-command\n'four'");
        program.Script("outer.ps1", "sh -c 'dotnet \"$0\" -NoModule order.ps1 2>&1' $args[0]");
        var run = await program.RunAsync("outer.ps1", Path.Combine(ConsoleProgram.BuiltFolder, "PhysOpt.Console.dll"));
        string[] marks = ["one", "order.ps1:2", "two", "Three", "order.ps1:5", "four"];
        var positions = marks.Select(mark => Array.FindIndex(run.Lines, line => line.Contains(mark, StringComparison.Ordinal))).ToArray();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public async Task Arguments_bind_to_param_by_name_by_position_and_as_switches()
    {
        program.Script("takes.ps1", """
            param([string] $Name, [switch] $Fast, [switch] $Loud, [double] $Rate, [string[]] $Rest)
            "$Name|$Fast|$Loud|$Rate|$Rest"
            """);
        var run = await program.RunAsync("takes.ps1", "-Rest", "it's", "-Fast", "-Loud:$false", "-Name", "$(1 + 1)", "-0.5");
        Assert.Equal(["$(1 + 1)|True|False|-0.5|it's"], run.Lines);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task A_script_without_param_finds_its_arguments_in_args()
    {
        program.Script("args.ps1", "\"$($args.Count): $($args -join '|')\"");
        var run = await program.RunAsync("args.ps1", "a b", "-x", "", "'; throw 'injected'");
        Assert.Equal(["4: a b|-x||'; throw 'injected'"], run.Lines);
    }

    [Theory]
    [InlineData("param([int] $Count) 'ran'", "not-a-number")]
    [InlineData("#requires -Version 99.0\n'ran'", "")]
    [InlineData("'ran'\nif (", "")]
    public async Task A_script_that_cannot_start_returns_1_and_says_why(string text, string argument)
    {
        program.Script("cannot.ps1", text);
        var run = await program.RunAsync("cannot.ps1", argument);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.ErrorLines);
    }

    [Fact]
    public async Task A_script_knows_where_it_is_and_sources_its_neighbours()
    {
        Directory.CreateDirectory(Path.Combine(program.Folder, "inner folder"));
        program.Script("inner folder/main.ps1", ". $PSScriptRoot/neighbour.ps1\n. ./nearby.ps1\n$MyInvocation.MyCommand.Name\nanswer");
        program.Script("inner folder/neighbour.ps1", "function answer { 42 }");
        program.Script("nearby.ps1", "'nearby'");
        var run = await program.RunAsync("inner folder/main.ps1");
        Assert.Equal("", run.Errors);
        Assert.Equal(["nearby", "main.ps1", "42"], run.Lines);
    }

    [Theory]
    [InlineData("missing.ps1", "missing.ps1")]
    [InlineData("-Unknown", "-Unknown")]
    [InlineData("notes.txt", ".ps1")]
    [InlineData("-Command", "-Command")]
    public async Task A_bad_command_line_returns_64_says_why_and_shows_the_usage(string argument, string named)
    {
        var run = await program.RunAsync(argument);
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains(named, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("Usage:", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Help")]
    [InlineData("-h")]
    [InlineData("--help")]
    public async Task Help_is_the_usage_on_standard_output(string option)
    {
        var run = await program.RunAsync(option);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("Usage:", run.Output, StringComparison.Ordinal);
    }
}
