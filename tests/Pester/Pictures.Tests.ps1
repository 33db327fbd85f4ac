# Pictures of runs: files that are written whole or not at all, drawings for the terminal.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $runs = @(Invoke-GradientDescent ThreeSpaces -LearningRate 0.01 -MaxIterations 10) +
        @(Invoke-InverseSimulator ThreeSpaces -LearningRate 0.3 -MaxIterations 10)
}

Describe 'Export-TrajectoryPlot' {
    It 'writes a PNG of the size that is asked for' {
        $file = $runs | Export-TrajectoryPlot "$TestDrive/paths.png" -Contour -Width 400 -Height 300 -PassThru
        $file.Name | Should -Be 'paths.png'
        $bytes = [IO.File]::ReadAllBytes($file.FullName)
        $bytes[1..3] | Should -Be ([byte[]] [char[]] 'PNG')
        $bytes[18] * 256 + $bytes[19] | Should -Be 400
        $bytes[22] * 256 + $bytes[23] | Should -Be 300
    }

    It 'writes labels as text into an SVG' {
        $runs | Export-TrajectoryPlot "$TestDrive/loss.svg" -Space Loss
        $text = [IO.File]::ReadAllText("$TestDrive/loss.svg")
        $text | Should -BeLike '*<svg*'
        $text | Should -BeLike '*InverseSimulator*'
    }

    It 'overwrites nothing without -Force' {
        [IO.File]::WriteAllText("$TestDrive/mine.png", 'mine')
        { $runs | Export-TrajectoryPlot "$TestDrive/mine.png" -ErrorAction Stop } | Should -Throw '*already*'
        [IO.File]::ReadAllText("$TestDrive/mine.png") | Should -Be 'mine'
        $runs | Export-TrajectoryPlot "$TestDrive/mine.png" -Force
        [IO.File]::ReadAllText("$TestDrive/mine.png") | Should -Not -Be 'mine'
    }

    It 'writes nothing with -WhatIf, nor of nothing, nor in a format that it does not know' {
        $runs | Export-TrajectoryPlot "$TestDrive/no.png" -WhatIf
        { @() | Export-TrajectoryPlot "$TestDrive/no.png" -ErrorAction Stop } | Should -Throw '*no record*'
        { $runs | Export-TrajectoryPlot "$TestDrive/no.bmp" -ErrorAction Stop } | Should -Throw '*.bmp*'
        [IO.Directory]::GetFiles($TestDrive, 'no.*').Count | Should -Be 0
    }
}

Describe 'Show-Trajectory' {
    It 'draws lines of text with the names of the methods' {
        $lines = @($runs | Show-Trajectory -Plain -Width 60 -Height 16)
        $lines.Count | Should -Be 16
        ($lines | ForEach-Object Length | Where-Object { $_ -gt 60 }) | Should -BeNullOrEmpty
        $lines -join ' ' | Should -BeLike '*GradientDescent*InverseSimulator*'
    }
}
