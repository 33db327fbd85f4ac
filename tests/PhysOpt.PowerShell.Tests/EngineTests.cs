using System.Text.Json;

namespace PhysOpt.PowerShell.Tests;

public class EngineTests
{
    [Fact]
    public void Streams_come_back_separately()
    {
        using var engine = new Engine();
        var result = engine.Run("""
            function Speak {
                [CmdletBinding()] param()
                $PSCmdlet.WriteObject($number)
                $PSCmdlet.WriteWarning('careful')
                $PSCmdlet.WriteVerbose('because')
                Get-Command no-such-command
            }
            Speak -Verbose -ErrorAction SilentlyContinue
            Get-Command no-such-command
            """, ("number", 42));

        Assert.Equal(42, Assert.Single(result.Output).BaseObject);
        Assert.Equal("careful", Assert.Single(result.Warnings));
        Assert.Equal("because", Assert.Single(result.Verbose));
        Assert.StartsWith("CommandNotFoundException", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Null(result.Terminating);
    }

    [Fact]
    public void A_terminating_error_keeps_the_output_before_it_and_is_not_thrown()
    {
        using var engine = new Engine();
        var result = engine.Run("1; throw 'enough'; 2");

        Assert.Equal(1, Assert.Single(result.Output).BaseObject);
        Assert.Equal("enough", result.Terminating?.Exception.Message);
        Assert.Same(result.Terminating, result.Errors[^1]);
    }

    [Fact]
    public void A_script_that_does_not_parse_is_an_error_and_not_an_exception()
    {
        using var engine = new Engine();
        Assert.Contains("Missing", engine.Run("if (").Terminating!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_session_lives_on_between_scripts()
    {
        using var engine = new Engine();
        engine.Run("$kept = 7; function Get-Kept { $kept }");
        Assert.Equal(7, Assert.Single(engine.Run("Get-Kept").Output).BaseObject);
    }

    [Fact]
    public void Engines_know_nothing_of_each_other()
    {
        using var first = new Engine();
        using var second = new Engine();
        first.Run("$global:mine = 1");
        Assert.Empty(second.Run("if ($null -ne $mine) { $mine }").Output);
    }

    [Fact]
    public void It_is_the_PowerShell_that_the_clone_brings_as_a_tool()
    {
        using var engine = new Engine();
        using var tools = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathOf("dotnet-tools.json")));
        var pinned = tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString();
        Assert.Equal(pinned, Assert.Single(engine.Run("$PSVersionTable.PSVersion.ToString()").Output).BaseObject);
    }

    [Theory]
    [InlineData("(1, 2, 3 | Select-Object -First 2 | Measure-Object).Count", 2)]
    [InlineData("(ConvertFrom-Csv ('x', '7')).x -as [int]", 7)]
    [InlineData("@(Get-Item .).Count", 1)]
    [InlineData("1 | ForEach-Object -Parallel { $_ + 1 }", 2)]
    public void It_has_the_modules_of_PowerShell(string script, int expected)
    {
        using var engine = new Engine();
        var result = engine.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal(expected, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void The_repository_is_found_from_where_the_tests_run() =>
        Assert.True(File.Exists(RepositoryRoot.PathOf("PhysOpt.slnx")));
}
