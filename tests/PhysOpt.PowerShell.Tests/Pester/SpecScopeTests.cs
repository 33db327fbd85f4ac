namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>What runs when, and who sees which variable.</summary>
public class SpecScopeTests
{
    [Fact]
    public void All_bodies_of_blocks_run_before_the_first_setup() => SpecText.AssertPasses(1, """
        $global:log = [System.Collections.Generic.List[string]]::new()
        $log.Add('file')
        BeforeDiscovery { $log.Add('before discovery') }
        BeforeAll { $log.Add('before all') }
        Describe 'd' {
            $log.Add('describe')
            BeforeAll { $log.Add('before all of d') }
            It 'i' { $log -join ', ' | Should -Be 'file, before discovery, describe, context, before all, before all of d' }
            Context 'c' { $log.Add('context') }
        }
        """);

    [Fact]
    public void Variables_of_BeforeAll_are_seen_by_tests_and_blocks_within() => SpecText.AssertPasses(2, """
        BeforeAll { $a = 'file' }
        Describe 'd' {
            BeforeAll { $b = "$a d" }
            It 'i' { $b | Should -Be 'file d' }
            Context 'c' {
                BeforeAll { $c = "$b c" }
                It 'i' { $c | Should -Be 'file d c' }
            }
        }
        """);

    [Fact]
    public void Variables_of_BeforeAll_are_not_seen_by_siblings() => SpecText.AssertPasses(2, """
        Describe 'first' { BeforeAll { $a = 1 }; It 'i' { $a | Should -Be 1 } }
        Describe 'second' { It 'i' { $a | Should -BeNullOrEmpty } }
        """);

    [Fact]
    public void Functions_of_BeforeAll_are_not_seen_by_siblings() => SpecText.AssertPasses(2, """
        Describe 'first' { BeforeAll { function Get-One { 1 } }; It 'i' { Get-One | Should -Be 1 } }
        Describe 'second' { It 'i' { { Get-One } | Should -Throw -ErrorId 'CommandNotFoundException' } }
        """);

    [Fact]
    public void Variables_of_discovery_are_not_seen_by_the_run() => SpecText.AssertPasses(1, """
        $file = 1
        BeforeDiscovery { $discovery = 1 }
        Describe 'd' {
            $block = 1
            It 'i' { $file, $discovery, $block | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty }
        }
        """);

    [Fact]
    public void Variables_of_BeforeDiscovery_are_seen_by_discovery() => SpecText.AssertPasses(2, """
        BeforeDiscovery { $items = 1, 2 }
        Describe 'd' { It 'i <_>' -ForEach $items { $_ | Should -BeIn 1, 2 } }
        """);

    [Fact]
    public void BeforeEach_runs_in_the_scope_of_the_test() => SpecText.AssertPasses(1, """
        Describe 'd' {
            BeforeEach { $a = 1 }
            AfterEach { $global:seen = $a }
            It 'i' { $a | Should -Be 1; $a = 2 }
            AfterAll { if ($seen -ne 2) { throw "AfterEach saw $seen" } }
        }
        """);

    [Fact]
    public void Variables_of_a_test_are_not_seen_by_the_next() => SpecText.AssertPasses(2, """
        Describe 'd' {
            BeforeAll { $a = 'all' }
            It 'sets' { $a = 'it'; $b = 'it'; $a, $b | Should -Be 'it', 'it' }
            It 'reads' { $a | Should -Be 'all'; $b | Should -BeNullOrEmpty }
        }
        """);

    [Fact]
    public void Script_variables_last_through_the_file() => SpecText.AssertPasses(2, """
        BeforeAll { $script:count = 0 }
        Describe 'd' { It 'first' { $script:count++ }; It 'second' { $count | Should -Be 1 } }
        """);

    [Fact]
    public void Setups_run_from_the_outside_in_and_teardowns_from_the_inside_out() => SpecText.AssertPasses(2, """
        BeforeAll { $global:log = [System.Collections.Generic.List[string]]::new() }
        Describe 'outer' {
            BeforeEach { $log.Add('+outer') }
            AfterEach { $log.Add('-outer') }
            Context 'inner' {
                BeforeEach { $log.Add('+inner') }
                AfterEach { $log.Add('-inner') }
                It 'i' { $log.Add('it') }
            }
            It 'ran in order' { $log -join ' ' | Should -Be '+outer +inner it -inner -outer +outer' }
        }
        """);

    [Fact]
    public void Tests_and_blocks_run_in_the_order_they_are_written() => SpecText.AssertPasses(3, """
        BeforeAll { $global:log = [System.Collections.Generic.List[string]]::new() }
        Describe 'd' {
            It 'first' { $log.Add('first') }
            Context 'c' { It 'second' { $log.Add('second') } }
            It 'third' { $log -join ' ' | Should -Be 'first second' }
        }
        """);

    [Fact]
    public void Data_of_a_table_are_variables_and_the_item_is_dollar_underscore() => SpecText.AssertPasses(2, """
        Describe 'd' {
            It '<a>' -TestCases @{ a = 1; b = 2 }, @{ a = 2; b = 4 } { 2 * $a | Should -Be $b; $_.a | Should -Be $a }
        }
        """);

    [Fact]
    public void Data_of_a_block_are_seen_by_its_discovery_its_setups_and_its_tests() => SpecText.AssertPasses(4, """
        Describe 'd <_>' -ForEach 1, 2 {
            BeforeAll { $all = $_ }
            BeforeEach { $each = $_ }
            $cases = @(@{ n = 1; outer = $_ }, @{ n = 2; outer = $_ })
            It 'i <n>' -ForEach $cases { $all | Should -Be $outer; $each.n | Should -Be $n }
        }
        """);

    [Fact]
    public void Data_are_named_arguments_of_a_body_with_parameters() => SpecText.AssertPasses(1, """
        Describe 'd' { It 'i' -TestCases @{ a = 1; b = 2 } { param($b, $a) $a, $b | Should -Be 1, 2 } }
        """);

    [Fact]
    public void Names_are_filled_in_from_data_before_the_run_and_from_setups_in_it()
    {
        var results = SpecText.Run("""
            Describe 'of <point.X>' -ForEach @{ point = [pscustomobject]@{ X = 3 } } {
                BeforeAll { $unit = 'm' }
                It 'has <a> $5 "<unit>" `<b`>' -ForEach @{ a = 'it' } { $true | Should -BeTrue }
                It 'is <_>' -ForEach 'x', 2.5 { $true | Should -BeTrue }
            }
            """);

        Assert.Equal(["of 3.has it $5 \"<unit>\" <b>", "of 3.is x", "of 3.is 2.5"], results.Select(r => r.Row));
        Assert.Equal("of 3.has it $5 \"m\" <b>", results[0].Path);
    }

    [Fact]
    public void Rows_of_the_same_name_are_told_apart() =>
        Assert.Equal(["d.i", "d.i #2", "d.i #3"], SpecText.Run("Describe 'd' { It 'i' -ForEach 1, 2 { }; It 'i' { } }").Select(r => r.Row));

    [Fact]
    public void A_break_or_continue_in_a_test_does_not_end_the_others() => SpecText.AssertPasses(3, """
        Describe 'd' { It 'breaks' { break }; It 'continues' { continue }; It 'is still run' { } }
        """);

    [Fact]
    public void A_module_imported_in_BeforeAll_is_there_for_the_tests() => SpecText.AssertPasses(2, """
        BeforeAll {
            [System.IO.File]::WriteAllText("$TestDrive/Speaker.psm1", @'
        function Get-Word {
            [CmdletBinding()] param([int] $Count)
            if ($Count -lt 0) {
                $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([ArgumentException]'negative', 'NoSuchCount', 'InvalidArgument', $Count))
            }
            ,'word' * $Count
        }
        '@)
            Import-Module "$TestDrive/Speaker.psm1" -Force
        }
        Describe 'd' {
            It 'calls it' { Get-Word 2 | Should -Be 'word', 'word' }
            It 'sees its errors' { { Get-Word -1 } | Should -Throw 'negative' -ErrorId 'NoSuchCount,Get-Word' -ExceptionType ([ArgumentException]) }
        }
        """);

    [Fact]
    public void Strict_mode_of_a_spec_is_its_own_affair() => SpecText.AssertPasses(2, """
        BeforeAll { Set-StrictMode -Version Latest }
        Describe 'd' {
            It 'is strict' { { $undefined } | Should -Throw -ErrorId 'VariableIsUndefined' }
            It 'has <a>' -ForEach @{ a = 1 } { 1, 2 | Should -Be 1, 2 }
        }
        """);

    [Fact]
    public void Each_file_has_a_TestDrive_and_a_block_leaves_nothing_behind() => SpecText.AssertPasses(3, """
        BeforeAll { [System.IO.File]::WriteAllText("$TestDrive/file.txt", '') }
        Describe 'first' {
            It 'writes' {
                $null = [System.IO.Directory]::CreateDirectory("$TestDrive/a/b")
                [System.IO.File]::WriteAllText("$TestDrive/a/b/c.txt", '')
                'TestDrive:/a/b/c.txt' | Should -Exist
            }
            It 'still has it' { "$TestDrive/a/b/c.txt" | Should -Exist }
        }
        Describe 'second' {
            It 'does not' {
                "$TestDrive/a" | Should -Not -Exist
                'TestDrive:/file.txt' | Should -Exist
            }
        }
        """);

    [Fact]
    public void The_folder_of_TestDrive_is_deleted_after_the_run()
    {
        var message = SpecText.Failure("throw $TestDrive");
        var folder = message.Split('\n')[0];
        Assert.True(Path.IsPathRooted(folder), message);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_spec_knows_its_own_path() => SpecText.AssertPasses(1, """
        BeforeDiscovery { $found = $PSCommandPath }
        BeforeAll { $all = $PSScriptRoot }
        Describe 'd' {
            It 'i' -ForEach @{ found = $found } {
                [System.IO.Path]::GetFileName($PSCommandPath) | Should -Be 'Text.Tests.ps1'
                $found | Should -Be $PSCommandPath
                $all | Should -Be $PSScriptRoot
                $PSScriptRoot | Should -Be ([System.IO.Path]::GetDirectoryName($PSCommandPath))
            }
        }
        """);
}
