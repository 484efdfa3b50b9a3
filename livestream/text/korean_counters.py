"""Korean words that follow a number: units, counters of either kind, and the particles behind them."""

from __future__ import annotations


def _any(listed: str) -> tuple[str, ...]:
    return tuple(sorted(listed.split(), key=len, reverse=True))


NATIVE = _any("""
개 가지 명 분 장 잔 번 번째 시 시간 살 병 벌 켤레 마리 대 권 송이 줄 쌍 달 곳 군데 종류 사람 컵 그릇 상자 박스 세트 팩
봉지 자루 통 끼 조각 스푼 큰술 작은술 칸 채 짝 배 모금 방울 알 묶음 그루 포기 겹 판 차례 바퀴 쪽 손가락 색
""")
"""What is counted in native words: "두 개", "세 시간"."""
SINO = _any("""
퍼센트 프로 킬로그램 밀리그램 그램 킬로 톤 온스 밀리리터 리터 킬로미터 센티미터 밀리미터 미터 센티 밀리 제곱미터 인치
피트 달러 유로 파운드 위안 엔 루피 바트 페소 센트 원 킬로와트시 킬로와트 와트시 와트 볼트 암페어 밀리암페어시 밀리암페어
헤르츠 킬로헤르츠 메가헤르츠 기가헤르츠 킬로바이트 메가바이트 기가바이트 테라바이트 데시벨 루멘 픽셀 칼로리 킬로칼로리
년 개월 월 일 주일 주 분 초 도 회 단계 배속 위 층 호 인용 인분 평 매 종 칸 인치형 점 차 기 색 종류 학년 등 탄 박
""")
"""What is counted in Sino-Korean ones: "삼 단계", "오 퍼센트"."""
CLEAR = tuple(word for word in SINO if len(word) > 1 or word == "원")
"""Units that are no word of another meaning behind "이" (this): "이 센티미터", but "이 점"."""
PARTICLES = _any("""
은 는 이 가 을 를 의 에 에서 에는 로 으로 과 와 도 만 까지 부터 보다 이나 나 이고 고 이며 이에요 예요 에요 입니다 이라
라 인데 인 이면 면 정도 쯤 씩 짜리 이랑 랑 하고 이요 요 마다 이상 이하 미만 가량 들이 입 용 형 급 산 제 대
""")
"""What may be glued to a number or to its counter."""
