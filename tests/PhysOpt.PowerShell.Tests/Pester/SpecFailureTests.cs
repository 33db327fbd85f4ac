namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>What fails, what is skipped, and what is said about it.</summary>
public class SpecFailureTests
{
    [Fact]
    public void A_failed_assertion_shows_message_statement_file_and_line()
    {
        var message = SpecText.Failure("$x = 2\n$x | Should -Be 1");
        Assert.Matches(@"^Expected 1, but got 2\.\nat \$x \| Should -Be 1, .*Text\.Tests\.ps1:4$", message);
    }

    [Fact]
    public void A_test_ends_at_its_first_failed_assertion() =>
        Assert.StartsWith("Expected 1, but got 2.", SpecText.Failure("2 | Should -Be 1\nthrow 'went on'"), StringComparison.Ordinal);

    [Fact]
    public void An_assertion_in_a_pipeline_or_function_ends_the_test() =>
        Assert.StartsWith("Expected 1, but got 2.", SpecText.Failure("function f { 1, 2, 3 | ForEach-Object { $_ | Should -Be 1 }; throw 'went on' }\nf"), StringComparison.Ordinal);

    [Fact]
    public void A_terminating_error_fails_the_test() =>
        Assert.StartsWith("Attempted to divide by zero.", SpecText.Failure("1 / 0\n$true | Should -BeTrue"), StringComparison.Ordinal);

    [Fact]
    public void An_error_that_does_not_terminate_does_not_fail_the_test() =>
        Assert.Equal(SpecStatus.Passed, SpecText.RunIt("Get-Command no-such-command; $global:Error.Count | Should -Be 1").Status);

    [Fact]
    public void With_ErrorActionPreference_Stop_it_does() =>
        Assert.StartsWith("The term 'no-such-command' is not recognized", SpecText.Failure("$ErrorActionPreference = 'Stop'\nGet-Command no-such-command"), StringComparison.Ordinal);

    [Fact]
    public void A_failing_test_does_not_stop_the_next()
    {
        var results = SpecText.Run("Describe 'd' { It 'a' { throw 'no' }; It 'b' { } }");
        Assert.Equal([SpecStatus.Failed, SpecStatus.Passed], results.Select(r => r.Status));
    }

    [Fact]
    public void A_failing_BeforeAll_fails_all_tests_within_and_runs_none()
    {
        var results = SpecText.Run("""
            Describe 'd' {
                BeforeAll { throw 'no setup' }
                It 'a' { throw 'ran' }
                Context 'c' { BeforeAll { throw 'ran' }; It 'b' { } }
            }
            Describe 'e' { It 'c' { } }
            """);
        Assert.Equal([SpecStatus.Failed, SpecStatus.Failed, SpecStatus.Passed], results.Select(r => r.Status));
        Assert.All(results.Take(2), r => Assert.Matches(@"^BeforeAll failed: no setup\nat .*:2$", r.Message));
    }

    [Fact]
    public void AfterAll_runs_after_a_failing_BeforeAll() => Assert.Contains(
        "AfterAll failed: torn down",
        Assert.Single(SpecText.Run("Describe 'd' { BeforeAll { throw 'no setup' }; AfterAll { throw 'torn down' }; It 'i' { } }")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_failing_AfterAll_fails_the_tests_of_its_block()
    {
        var results = SpecText.Run("Describe 'd' { AfterAll { throw 'no end' }; It 'i' { } }\nDescribe 'e' { It 'i' { } }");
        Assert.Equal([SpecStatus.Failed, SpecStatus.Passed], results.Select(r => r.Status));
        Assert.StartsWith("AfterAll failed: no end", results[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_AfterAll_is_not_hidden_by_tests_that_skip_themselves()
    {
        var result = Assert.Single(SpecText.Run("Describe 'd' { AfterAll { throw 'no end' }; It 'i' { Set-ItResult -Skipped } }"));
        Assert.Equal(SpecStatus.Failed, result.Status);
    }

    [Fact]
    public void A_failing_BeforeEach_fails_the_test_and_AfterEach_still_runs()
    {
        var result = Assert.Single(SpecText.Run("Describe 'd' { BeforeEach { throw 'before' }; AfterEach { throw 'after' }; It 'i' { throw 'ran' } }"));
        Assert.Equal(["before", "after"], result.Message.Split('\n').Where(l => !l.StartsWith("at ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_error_of_discovery_is_the_only_row_of_the_file()
    {
        var result = Assert.Single(SpecText.Run("Describe 'd' { It 'i' { }\n Context 'c' { 1 / 0 } }"));
        Assert.Equal((SpecRunner.DiscoveryRow, SpecStatus.Failed), (result.Row, result.Status));
        Assert.Matches(@"^Attempted to divide by zero\.\nat .*Text\.Tests\.ps1:2$", result.Message);
    }

    [Theory]
    [InlineData("Describe 'd' { It 'i' { }", "Missing closing '}'")]
    [InlineData("", "There is no test in the file.")]
    [InlineData("exit", "There is no test in the file.")]
    [InlineData("It 'i' { }", "It 'i' is in no Describe.")]
    [InlineData("BeforeEach { }\nDescribe 'd' { It 'i' { } }", "BeforeEach belongs into a Describe or a Context.")]
    [InlineData("Describe 'd' { BeforeAll { }; BeforeAll { }; It 'i' { } }", "BeforeAll is in this block already.")]
    [InlineData("Describe 'd' { It 'i' -ForEach @() { } }", "-ForEach of 'i' is empty.")]
    [InlineData("Describe 'd' { It 'i' }", "'i' has no body: its opening brace belongs on the same line.")]
    [InlineData("throw 'outside'\nDescribe 'd' { It 'i' { } }", "outside")]
    [InlineData("BeforeDiscovery { throw 'before' }\nDescribe 'd' { It 'i' { } }", "before")]
    [InlineData("Describe 'd' { no-such-command; It 'i' { } }", "The term 'no-such-command' is not recognized")]
    public void A_file_that_cannot_be_discovered_fails(string spec, string message)
    {
        var result = Assert.Single(SpecText.Run(spec));
        Assert.Equal((SpecRunner.DiscoveryRow, SpecStatus.Failed), (result.Row, result.Status));
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_cannot_change_during_the_run() =>
        Assert.StartsWith("It belongs into the body of the file", SpecText.Failure("It 'within' { }"), StringComparison.Ordinal);

    [Fact]
    public void A_test_that_ends_the_session_fails_and_so_do_those_after_it()
    {
        var results = SpecText.Run("Describe 'd' { It 'leaves' { exit }; It 'is not reached' { } }");
        Assert.Equal(2, results.Count);
        Assert.All(results, r => Assert.Equal((SpecStatus.Failed, "The run ended before this test did."), (r.Status, r.Message)));
    }

    [Fact]
    public void Skipped_tests_are_not_run_and_neither_are_the_setups_only_they_need()
    {
        var results = SpecText.Run("""
            Describe 'd' -Skip { BeforeAll { throw 'ran' }; It 'a' { throw 'ran' }; Context 'c' { It 'b' { throw 'ran' } } }
            Describe 'e' { BeforeAll { throw 'ran' }; It 'c' -Skip { throw 'ran' } }
            Describe 'f' { It 'd' -Skip:$true { throw 'ran' }; It 'e' -Skip:$false { } }
            """);
        Assert.Equal(
            [SpecStatus.Skipped, SpecStatus.Skipped, SpecStatus.Skipped, SpecStatus.Skipped, SpecStatus.Passed],
            results.Select(r => r.Status));
        Assert.Equal("marked with -Skip", results[0].Message);
    }

    [Theory]
    [InlineData("-Skipped -Because 'it rains'", "is skipped, because it rains")]
    [InlineData("-Skipped", "is skipped")]
    [InlineData("-Inconclusive -Because 'of clouds'", "is inconclusive, because of clouds")]
    public void Set_ItResult_ends_the_test_with_its_reason(string arguments, string reason)
    {
        var result = SpecText.RunIt($"Set-ItResult {arguments}\nthrow 'went on'");
        Assert.Equal((SpecStatus.Skipped, reason), (result.Status, result.Message));
    }

    [Fact]
    public void What_needs_a_full_PowerShell_is_skipped_and_says_why()
    {
        var results = SpecText.Run("""
            Describe 'd' -Tag fullpowershell {
                BeforeAll { $null = New-Item "$TestDrive/x" }
                It 'a' { 1 | Export-Csv x; Import-Csv x | ForEach-Object { Export-Csv y } }
            }
            Describe 'e' { It 'b' -Tag Slow, FullPowerShell { } }
            """);
        Assert.All(results, r => Assert.Equal(SpecStatus.Skipped, r.Status));
        Assert.Equal("needs Export-Csv, Import-Csv, New-Item: not part of the engine; runs in pwsh", results[0].Message);
        Assert.Equal("needs a full PowerShell: not part of the engine; runs in pwsh", results[1].Message);
    }

    [Fact]
    public void What_needs_a_full_PowerShell_runs_where_there_is_one()
    {
        var test = new SpecTest("i", new SpecBlock("d", null, null, null), System.Management.Automation.ScriptBlock.Create("Export-Csv"), null) { Tags = [FullPowerShell.Tag] };
        using var engine = new Engine(state => state.Commands.Add(
            new System.Management.Automation.Runspaces.SessionStateCmdletEntry("Select-Object", typeof(ShouldCommand), null)));
        Assert.Null(FullPowerShell.ReasonToSkip(test, engine.Runspace.SessionStateProxy.InvokeCommand));
    }

    [Fact]
    public void An_untagged_test_that_needs_a_full_PowerShell_fails_and_names_the_tag()
    {
        var message = SpecText.Failure("1 | Export-Csv x");
        Assert.StartsWith("The term 'Export-Csv' is not recognized", message, StringComparison.Ordinal);
        Assert.Contains("has the tag FullPowerShell", message, StringComparison.Ordinal);
    }
}
