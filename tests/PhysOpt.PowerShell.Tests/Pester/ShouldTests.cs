namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Each operator of Should: what it takes, and what it says.</summary>
public class ShouldTests
{
    [Theory]
    // -Be: case, conversion, collections
    [InlineData("'a' | Should -Be 'A'")]
    [InlineData("1 | Should -Be '1'")]
    [InlineData("1.0 | Should -Be 1")]
    [InlineData("1, 2 | Should -Be 1, 2")]
    [InlineData("1, (2, 3) | Should -Be 1, (2, 3)")]
    [InlineData("1, 2 | Should -Not -Be 1")]
    [InlineData("1, 2 | Should -Be ([System.Collections.Generic.List[int]](1, 2))")]
    [InlineData("$null | Should -Be $null")]
    [InlineData("@() | Should -Be @()")]
    [InlineData("@() | Should -Be $null")]
    [InlineData("Should -ActualValue 3 -Be 3")]
    [InlineData("'' | Should -Not -Be $null")]
    [InlineData("0 | Should -Not -Be $null")]
    [InlineData("'ab' | Should -BeExactly 'ab'")]
    [InlineData("'ab' | Should -Not -BeExactly 'Ab'")]
    // a collection as -ActualValue is one value
    [InlineData("Should -ActualValue (1, 2) -HaveCount 1")]
    [InlineData(", (1, 2) | Should -HaveCount 1")]
    [InlineData("1, 2, 3 | Should -HaveCount 3")]
    [InlineData("@() | Should -HaveCount 0")]
    [InlineData("1 | Should -Not -HaveCount 0")]
    // order
    [InlineData("1 | Should -BeLessThan 2")]
    [InlineData("1, 2 | Should -BeLessThan 3")]
    [InlineData("2 | Should -BeLessOrEqual 2")]
    [InlineData("2 | Should -BeGreaterOrEqual 2")]
    [InlineData("2 | Should -BeGreaterThan 1.5")]
    [InlineData("2 | Should -Not -BeGreaterThan 2")]
    [InlineData("[double]::NaN | Should -BeLessThan 1")]
    // emptiness and truth
    [InlineData("$null | Should -BeNullOrEmpty")]
    [InlineData("@() | Should -BeNullOrEmpty")]
    [InlineData("'' | Should -BeNullOrEmpty")]
    [InlineData("@{} | Should -BeNullOrEmpty")]
    [InlineData("1, 2 | Should -Not -BeNullOrEmpty")]
    [InlineData("$false | Should -Not -BeNullOrEmpty")]
    [InlineData("1 | Should -BeTrue")]
    [InlineData("'' | Should -BeFalse")]
    [InlineData("$true | Should -Not -BeFalse")]
    // types
    [InlineData("1 | Should -BeOfType [int]")]
    [InlineData("1 | Should -BeOfType int")]
    [InlineData("1 | Should -BeOfType ([ValueType])")]
    [InlineData("1, 2 | Should -BeOfType [int]")]
    [InlineData(", (1, 2) | Should -BeOfType [array]")]
    [InlineData("[pscustomobject]@{} | Should -BeOfType [pscustomobject]")]
    [InlineData("$null | Should -Not -BeOfType [int]")]
    // text
    [InlineData("'abc' | Should -Match 'B.$'")]
    [InlineData("'abc' | Should -Not -MatchExactly 'B'")]
    [InlineData("'abc' | Should -BeLike 'A*'")]
    [InlineData("'abc' | Should -BeLikeExactly 'a*'")]
    [InlineData("'abc' | Should -Not -BeLikeExactly 'A*'")]
    // membership
    [InlineData("1, 2 | Should -Contain 2")]
    [InlineData("'a', 'b' | Should -Not -Contain 'c'")]
    [InlineData("2 | Should -BeIn 1, 2")]
    [InlineData("'A' | Should -BeIn 'a'")]
    [InlineData("$PSCommandPath | Should -Exist")]
    [InlineData("'no such file' | Should -Not -Exist")]
    // -Throw
    [InlineData("{ throw 'a [b]' } | Should -Throw")]
    [InlineData("{ throw 'abc' } | Should -Throw 'A*C'")]
    [InlineData("{ throw 'abc' } | Should -Throw -ExpectedMessage 'abc'")]
    [InlineData("{ throw 'abc' } | Should -Throw -ErrorId 'abc'")]
    [InlineData("{ Get-Command nope -ErrorAction Stop } | Should -Throw -ErrorId 'CommandNotFoundException,*GetCommandCommand'")]
    [InlineData("{ throw [ArgumentException]'x' } | Should -Throw -ExceptionType ([SystemException])")]
    [InlineData("{ 1 / 0; throw 'went on' } | Should -Throw '*divide by zero*'")]
    [InlineData("{ Get-Command nope } | Should -Not -Throw")]
    [InlineData("{ break } | Should -Not -Throw")]
    [InlineData("$ErrorActionPreference = 'Stop'; { Get-Command nope } | Should -Throw")]
    [InlineData("$a = 1; { if ($a -ne 1) { throw } } | Should -Not -Throw")]
    [InlineData("({ throw 'abc' } | Should -Throw -PassThru).Exception.Message | Should -Be 'abc'")]
    [InlineData("({ throw 'abc' } | Should -Throw) | Should -BeNullOrEmpty")]
    public void Holds(string assertion)
    {
        var result = SpecText.RunIt(assertion);
        Assert.True(result.Status == SpecStatus.Passed, result.Message);
    }

    [Theory]
    [InlineData("2 | Should -Be 1", "Expected 1, but got 2.")]
    [InlineData("2 | Should -Be 1 -Because 'one is first'", "Expected 1, because one is first, but got 2.")]
    [InlineData("2 | Should -Be 1 'because of it'", "Expected 1, because of it, but got 2.")]
    [InlineData("1 | Should -Not -Be 1", "Expected 1 to be different from the actual value, but got the same value.")]
    [InlineData("'a' | Should -Not -BeExactly 'a'", "Expected 'a' to be different from the actual value, but got exactly the same value.")]
    [InlineData("1, 2 | Should -Be 1, 3", "Expected @(1, 3), but got @(1, 2).")]
    [InlineData("1..12 | Should -Be 1", "Expected 1, but got @(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...2 more).")]
    [InlineData("$null | Should -Be $true", "Expected $true, but got $null.")]
    [InlineData("'' | Should -Be 1", "Expected 1, but got <empty>.")]
    [InlineData("Should -ActualValue (1, 2) -Be (1, 2)", "Expected @(1, 2), but got @(1, 2).")]
    [InlineData("0.1 + 0.2 | Should -Be 0.3", "Expected 0.3, but got 0.30000000000000004.")]
    [InlineData("'abd' | Should -Be 'abc'", "Expected strings to be the same, but they were different.\nString lengths are both 3.\nStrings differ at index 2.\nExpected: 'abc'\nBut was:  'abd'\n           --^")]
    [InlineData("\"a`nb\" | Should -BeExactly 'A'", "Expected strings to be the same, but they were different.\nExpected length: 1\nActual length:   3\nStrings differ at index 0.\nExpected: 'A'\nBut was:  'a\\nb'\n           ^")]
    [InlineData("2 | Should -BeLessThan 2", "Expected the actual value to be less than 2, but got 2.")]
    [InlineData("1, 3 | Should -BeLessThan 2", "Expected the actual value to be less than 2, but got 3.")]
    [InlineData("3 | Should -BeLessOrEqual 2", "Expected the actual value to be less than or equal to 2, but got 3.")]
    [InlineData("2 | Should -BeGreaterThan 2", "Expected the actual value to be greater than 2, but got 2.")]
    [InlineData("1 | Should -BeGreaterOrEqual 2", "Expected the actual value to be greater than or equal to 2, but got 1.")]
    [InlineData("1 | Should -Not -BeLessThan 2", "Expected the actual value to be greater than or equal to 2, but got 1.")]
    [InlineData("1 | Should -BeOfType [string]", "Expected the value to have type [string] or any of its subtypes, but got 1 with type [int].")]
    [InlineData("1 | Should -Not -BeOfType [int]", "Expected the value to not have type [int] or any of its subtypes, but got 1 with type [int].")]
    [InlineData("1 | Should -BeOfType [no.such]", "Could not find type [[no.such]]. Make sure that the assembly that contains that type is loaded.")]
    [InlineData("1 | Should -HaveCount 2", "Expected a collection with size 2, but got collection with size 1 @(1).")]
    [InlineData("$null | Should -HaveCount 0", "Expected an empty collection, but got collection with size 1 @($null).")]
    [InlineData("@() | Should -HaveCount 1", "Expected a collection with size 1, but got an empty collection.")]
    [InlineData("1 | Should -Not -HaveCount 1", "Expected a collection with size different from 1, but got collection with that size @(1).")]
    [InlineData("1 | Should -BeNullOrEmpty", "Expected $null or empty, but got @(1).")]
    [InlineData("$null | Should -Not -BeNullOrEmpty", "Expected a value, but got $null or empty.")]
    [InlineData("0 | Should -BeTrue", "Expected $true, but got 0.")]
    [InlineData("$true | Should -BeFalse", "Expected $false, but got $true.")]
    [InlineData("$true | Should -Not -BeTrue", "Expected $false, but got $true.")]
    [InlineData("'a' | Should -Match 'b'", "Expected regular expression 'b' to match 'a', but it did not match.")]
    [InlineData("'a' | Should -Not -MatchExactly 'a'", "Expected regular expression 'a' to not case sensitively match 'a', but it did match.")]
    [InlineData("'a' | Should -BeLike 'b*'", "Expected like wildcard 'b*' to match 'a', but it did not match.")]
    [InlineData("'a' | Should -BeLikeExactly 'A'", "Expected case sensitive like wildcard 'A' to match 'a', but it did not match.")]
    [InlineData("1, 2 | Should -Contain 3", "Expected 3 to be found in collection @(1, 2), but it was not found.")]
    [InlineData("1, 2 | Should -Not -Contain 2", "Expected 2 to not be found in collection @(1, 2), but it was found.")]
    [InlineData("3 | Should -BeIn 1, 2", "Expected collection @(1, 2) to contain 3, but it was not found.")]
    [InlineData("'no such file' | Should -Exist", "Expected path 'no such file' to exist, but it did not exist.")]
    [InlineData("{ } | Should -Throw", "Expected an exception to be thrown, but no exception was thrown.")]
    [InlineData("{ } | Should -Throw -ErrorId 'x' -Because 'it must'", "Expected an exception with FullyQualifiedErrorId 'x' to be thrown, because it must, but no exception was thrown.")]
    [InlineData("1 | Should -Throw", "Input is missing or not a ScriptBlock. Input to '-Throw' and '-Not -Throw' must be enclosed in curly braces.")]
    public void Fails_with(string assertion, string message)
    {
        var at = SpecText.Failure(assertion);
        Assert.StartsWith(message + "\nat ", at, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_error_than_expected_is_shown_with_its_place() => Assert.Matches(
        @"^Expected an exception with type \[System\.ArgumentException\], message like 'x\*' and FullyQualifiedErrorId 'y' to be thrown, but the exception type was \[System\.Management\.Automation\.RuntimeException\], the message was 'abc' and the FullyQualifiedErrorId was 'abc'\. from .*Text\.Tests\.ps1:3 char:3\n",
        SpecText.Failure("{ throw 'abc' } | Should -Throw 'x*' -ErrorId 'y' -ExceptionType ([ArgumentException])"));

    [Fact]
    public void An_error_that_was_not_expected_is_shown_with_its_place() => Assert.Matches(
        "^Expected no exception to be thrown, but an exception \"abc\" was thrown from .*Text\\.Tests\\.ps1:3 char:3\\.\n",
        SpecText.Failure("{ throw 'abc' } | Should -Not -Throw"));

    [Theory]
    [InlineData("@{} | Should -BeLessThan 1")]
    [InlineData("'a' | Should -Match '('")]
    [InlineData("1 | Should")]
    [InlineData("1 | Should -Be 1 -BeTrue")]
    [InlineData("1 | Should Be 1")]
    public void What_cannot_be_asserted_fails(string assertion) => Assert.NotEmpty(SpecText.Failure(assertion));
}
