namespace PhysOpt.PowerShell.Tests.Hosting;

public sealed class CommandRunTests : IDisposable
{
    const string Ask = "& { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('it', 'do')) { 'did it' } else { 'left it' } }";

    readonly ConsoleProgram program = new();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("1 + 1", 0)]
    [InlineData("Get-Command no-such-command; 'fine again'", 0)]
    [InlineData("'fine so far'; Get-Command no-such-command", 1)]
    [InlineData("throw 'no luck'", 1)]
    [InlineData("if (", 1)]
    [InlineData("'leaving'; exit 3; 'not reached'", 3)]
    public async Task The_exit_code_of_a_command_is_that_of_its_exit_or_of_its_last_statement(string text, int code)
    {
        var run = await program.RunAsync("-Command", text);
        Assert.Equal(code, run.ExitCode);
        Assert.DoesNotContain("not reached", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_after_Command_belong_to_the_command()
    {
        var run = await program.RunAsync("-c", "'one',", "'-NoModule'");
        Assert.Equal(["one", "-NoModule"], run.Lines);
    }

    [Theory]
    [InlineData("if (", "if (")]
    [InlineData("1 + )", "1 + )")]
    public async Task A_syntax_error_shows_the_text_and_the_place(string text, string shown)
    {
        var run = await program.RunAsync("-Command", text);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("ParserError", run.Errors, StringComparison.Ordinal);
        Assert.Contains(run.ErrorLines, line => line.Contains("1 |", StringComparison.Ordinal) && line.EndsWith(shown, StringComparison.Ordinal));
        Assert.Contains(run.ErrorLines, line => line.EndsWith('~'));
    }

    [Fact]
    public async Task Warnings_and_their_like_appear_as_in_PowerShell_and_in_order()
    {
        program.Script("streams.ps1", """
            [CmdletBinding()] param()
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $PSCmdlet.WriteWarning('careful')
            'output'
            $PSCmdlet.WriteVerbose('why')
            $PSCmdlet.WriteDebug('how')
            $PSCmdlet.WriteInformation('by the way', [string[]] @())
            """);
        var run = await program.RunAsync("streams.ps1");
        Assert.Equal(["WARNING: careful", "output", "VERBOSE: why", "DEBUG: how", "by the way"], run.Lines);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Progress_leaves_no_trace_when_there_is_no_terminal()
    {
        var run = await program.RunAsync("-Command",
            "& { [CmdletBinding()] param() $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'Working', 'hard')); 'done' }");
        Assert.Equal(["done"], run.Lines);
        Assert.Equal("", run.Errors);
    }

    [Fact]
    public async Task Redirected_output_holds_no_escape_sequences()
    {
        var run = await program.RunAsync("-Command", "Get-Command Get-*; Get-Command no-such-command; throw 'no luck'");
        Assert.Contains(run.Lines, line => line.StartsWith("CommandType", StringComparison.Ordinal));
        Assert.Contains("no luck", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u001b', run.Errors);
    }

    [Fact]
    public async Task Redirected_output_is_120_columns_wide_and_COLUMNS_changes_that()
    {
        // the formatter leaves the last column free
        const string Row = "[pscustomobject]@{ Text = 'x' * 300; Other = 1 }";
        var usual = await program.RunAsync("-Command", Row);
        program.Environment["COLUMNS"] = "40";
        var narrow = await program.RunAsync("-Command", Row);
        Assert.Equal(119, usual.Lines.Max(line => line.Length));
        Assert.Equal(39, narrow.Lines.Max(line => line.Length));
    }

    [Fact]
    public async Task The_first_row_appears_while_the_pipeline_still_runs()
    {
        // the second row waits for a line from us, so it cannot have been written when the first is read
        using var process = program.Start("-Command",
            "& { Get-Command Get-Help; [void] [Console]::In.ReadLine(); Get-Command Get-Command }");
        string? line;
        do
        {
            line = await ConsoleProgram.ReadLineAsync(process);
            Assert.NotNull(line);
        }
        while (!line.Contains("Get-Help", StringComparison.Ordinal));
        Assert.False(process.HasExited);
        var rest = await ConsoleProgram.FinishAsync(process, "go on\n");
        Assert.Single(rest.Lines, row => row.Contains("Get-Command", StringComparison.Ordinal));
        Assert.Equal(0, rest.ExitCode);
    }

    [Theory]
    [InlineData("-Command")]
    [InlineData("script")]
    public async Task Ctrl_C_ends_an_endless_loop_with_130(string how)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no SIGINT that one process could send to another.");
        const string Loop = "'started'; while ($true) { }";
        program.Script("endless.ps1", Loop);
        string[] arguments = how == "script" ? ["endless.ps1"] : [how, Loop];
        using var process = program.Start(arguments);
        Assert.Equal("started", await ConsoleProgram.ReadLineAsync(process));
        await ConsoleProgram.InterruptAsync(process);
        var run = await ConsoleProgram.FinishAsync(process, "");
        Assert.Equal((130, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Confirm_asks_and_takes_the_answer_from_standard_input()
    {
        var yes = await program.RunWithInputAsync("?\ny\n", "-Command", Ask);
        var no = await program.RunWithInputAsync("no\n", "-Command", Ask);
        Assert.Contains("[Y] Yes", yes.Output, StringComparison.Ordinal);
        Assert.Contains("Y - Continue", yes.Output, StringComparison.Ordinal);
        Assert.EndsWith("did it", yes.Lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("left it", no.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_nobody_can_answer_is_an_error()
    {
        var value = await program.RunWithInputAsync("", "-Command", "& { param([Parameter(Mandatory)] [int] $Count) \"ran with $Count\" }");
        Assert.DoesNotContain("ran with", value.Output, StringComparison.Ordinal);
        Assert.Contains("Count", value.Errors, StringComparison.Ordinal);
        Assert.Equal(1, value.ExitCode);
        var choice = await program.RunWithInputAsync("", "-Command", Ask);
        Assert.DoesNotContain(" it", choice.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("standard input has ended", choice.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mandatory_parameters_are_asked_for_and_converted()
    {
        var run = await program.RunWithInputAsync("3\na\nb\n\n", "-Command",
            "& { param([Parameter(Mandatory)] [int] $Count, [Parameter(Mandatory)] [string[]] $Names) \"<$($Count + 1) $($Names -join '+')>\" }");
        Assert.Equal("", run.Errors);
        Assert.EndsWith("<4 a+b>", run.Lines[^1], StringComparison.Ordinal);
    }
}
